package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.LIVE_PRESETS;
import static dev.undercroft.apps.epic.db.Tables.PRESETS;
import static org.jooq.impl.DSL.currentInstant;

import dev.undercroft.sdk.JsonColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;

/** Presets of one user. Thread-safe. */
final class ScopedPresets {

  private static final List<SelectField<?>> COLUMNS =
      List.of(
          LIVE_PRESETS.ID,
          LIVE_PRESETS.NAME,
          LIVE_PRESETS.CONFIG,
          LIVE_PRESETS.IS_DEFAULT,
          LIVE_PRESETS.CREATED_AT,
          LIVE_PRESETS.UPDATED_AT);

  private final Scope scope;

  ScopedPresets(Scope scope) {
    this.scope = scope;
  }

  /** A preset to be. */
  record Draft(String name, Map<String, Object> config, boolean isDefault) {}

  /** What is to change; what is absent stays. */
  record Change(
      Optional<String> name, Optional<Map<String, Object>> config, Optional<Boolean> isDefault) {}

  Page<Views.Preset> list(Page.Asked asked) {
    return scope.read(db -> Page.of(page(db, asked), asked, db.fetchCount(LIVE_PRESETS, mine())));
  }

  /** A page without the number of all. */
  List<Views.Preset> page(DSLContext db, Page.Asked asked) {
    return db.select(COLUMNS)
        .from(LIVE_PRESETS)
        .where(mine())
        .orderBy(LIVE_PRESETS.IS_DEFAULT.desc(), LIVE_PRESETS.NAME, LIVE_PRESETS.ID)
        .limit(asked.limit())
        .offset(asked.offset())
        .fetch(ScopedPresets::view);
  }

  /** What a new project starts from. */
  Optional<Views.Preset> byDefault(DSLContext db) {
    return db.select(COLUMNS)
        .from(LIVE_PRESETS)
        .where(mine().and(LIVE_PRESETS.IS_DEFAULT))
        .fetchOptional(ScopedPresets::view);
  }

  Optional<Views.Preset> find(String id) {
    return scope.read(db -> find(db, id));
  }

  private Optional<Views.Preset> find(DSLContext db, String id) {
    return db.select(COLUMNS)
        .from(LIVE_PRESETS)
        .where(mine().and(LIVE_PRESETS.ID.eq(id)))
        .fetchOptional(ScopedPresets::view);
  }

  /** Keeps a preset; a new default takes the place of the old one. */
  Views.Preset create(Draft draft) {
    return scope.write(db -> {
      if (draft.isDefault()) {
        clearDefault(db);
      }
      String id =
          db.insertInto(PRESETS)
              .set(PRESETS.USER_ID, scope.user())
              .set(PRESETS.NAME, draft.name())
              .set(PRESETS.CONFIG, JsonColumn.of(draft.config()))
              .set(PRESETS.IS_DEFAULT, draft.isDefault())
              .returningResult(PRESETS.ID)
              .fetchSingle()
              .value1();
      return find(db, id).orElseThrow();
    });
  }

  /** Changes what is given; empty if there is no such preset of the user. */
  Optional<Views.Preset> update(String id, Change change) {
    return scope.write(db -> {
      Optional<Views.Preset> old = find(db, id);
      if (old.isEmpty()) {
        return old;
      }
      if (change.isDefault().orElse(false)) {
        clearDefault(db);
      }
      db.update(PRESETS)
          .set(PRESETS.NAME, change.name().orElse(old.get().name()))
          .set(PRESETS.CONFIG, JsonColumn.of(change.config().orElse(old.get().config())))
          .set(PRESETS.IS_DEFAULT, change.isDefault().orElse(old.get().isDefault()))
          .where(PRESETS.ID.eq(id).and(PRESETS.USER_ID.eq(scope.user())))
          .execute();
      return find(db, id);
    });
  }

  private void clearDefault(DSLContext db) {
    db.update(PRESETS)
        .set(PRESETS.IS_DEFAULT, false)
        .where(PRESETS.USER_ID.eq(scope.user()).and(PRESETS.IS_DEFAULT))
        .execute();
  }

  /** Deletes it softly; whether there was one. */
  boolean delete(String id) {
    return scope.write(db ->
        db.update(PRESETS)
                .set(PRESETS.DELETED_AT, currentInstant())
                .where(PRESETS.ID.eq(id).and(PRESETS.USER_ID.eq(scope.user())))
                .and(PRESETS.DELETED_AT.isNull())
                .execute()
            == 1);
  }

  long count() {
    return scope.read(db -> (long) db.fetchCount(LIVE_PRESETS, mine()));
  }

  private Condition mine() {
    return LIVE_PRESETS.USER_ID.eq(scope.user());
  }

  private static Views.Preset view(Record row) {
    return new Views.Preset(
        row.get(LIVE_PRESETS.ID),
        row.get(LIVE_PRESETS.NAME),
        Views.object(row.get(LIVE_PRESETS.CONFIG)),
        row.get(LIVE_PRESETS.IS_DEFAULT),
        row.get(LIVE_PRESETS.CREATED_AT),
        row.get(LIVE_PRESETS.UPDATED_AT));
  }
}
