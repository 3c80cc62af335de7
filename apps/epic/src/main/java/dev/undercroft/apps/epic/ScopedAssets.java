package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.ASSETS;
import static dev.undercroft.apps.epic.db.Tables.LIVE_ASSETS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.noCondition;

import dev.undercroft.apps.epic.db.enums.AssetType;
import dev.undercroft.sdk.JsonColumn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SelectField;

/** Assets of one user. Thread-safe. */
final class ScopedAssets {

  private static final List<SelectField<?>> COLUMNS =
      List.of(
          LIVE_ASSETS.ID,
          LIVE_ASSETS.TYPE,
          LIVE_ASSETS.URI,
          LIVE_ASSETS.METADATA,
          LIVE_ASSETS.SIZE_BYTES,
          LIVE_ASSETS.EXPIRES_AT,
          LIVE_ASSETS.CREATED_AT);

  /** How long an asset is kept that is not permanent. */
  static final Duration KEPT = Duration.ofDays(30);

  private final Scope scope;

  ScopedAssets(Scope scope) {
    this.scope = scope;
  }

  /**
   * An asset to be.
   *
   * @param expiresAt when it may be removed; empty for never
   */
  record Draft(
      AssetType type,
      String uri,
      Optional<Map<String, Object>> metadata,
      Optional<Long> sizeBytes,
      Optional<Instant> expiresAt) {}

  /** What is to change; what is absent stays. */
  record Change(Optional<Map<String, Object>> metadata, Optional<Instant> expiresAt) {}

  Page<Views.Asset> list(Page.Asked asked, Optional<AssetType> type) {
    Condition wanted = mine().and(type.map(LIVE_ASSETS.TYPE::eq).orElse(noCondition()));
    return scope.read(
        db -> Page.of(page(db, asked, wanted), asked, db.fetchCount(LIVE_ASSETS, wanted)));
  }

  /** A page without the number of all. */
  List<Views.Asset> page(DSLContext db, Page.Asked asked) {
    return page(db, asked, mine());
  }

  private static List<Views.Asset> page(DSLContext db, Page.Asked asked, Condition wanted) {
    return db.select(COLUMNS)
        .from(LIVE_ASSETS)
        .where(wanted)
        .orderBy(LIVE_ASSETS.CREATED_AT.desc(), LIVE_ASSETS.ID.desc())
        .limit(asked.limit())
        .offset(asked.offset())
        .fetch(ScopedAssets::view);
  }

  Optional<Views.Asset> find(String id) {
    return scope.read(db -> find(db, id));
  }

  private Optional<Views.Asset> find(DSLContext db, String id) {
    return db.select(COLUMNS)
        .from(LIVE_ASSETS)
        .where(mine().and(LIVE_ASSETS.ID.eq(id)))
        .fetchOptional(ScopedAssets::view);
  }

  /** Keeps an asset; in a transaction that has decided that there may be one more. */
  Views.Asset create(DSLContext db, Draft draft) {
    String id =
        db.insertInto(ASSETS)
            .set(ASSETS.USER_ID, scope.user())
            .set(ASSETS.TYPE, draft.type())
            .set(ASSETS.URI, draft.uri())
            .set(ASSETS.METADATA, draft.metadata().map(JsonColumn::of).orElse(null))
            .set(ASSETS.SIZE_BYTES, draft.sizeBytes().orElse(null))
            .set(ASSETS.EXPIRES_AT, draft.expiresAt().orElse(null))
            .returningResult(ASSETS.ID)
            .fetchSingle()
            .value1();
    return find(db, id).orElseThrow();
  }

  /** Changes what is given; empty if there is no such asset of the user. */
  Optional<Views.Asset> update(String id, Change change) {
    return scope.write(db -> {
      Optional<Views.Asset> old = find(db, id);
      if (old.isEmpty()) {
        return old;
      }
      db.update(ASSETS)
          .set(
              ASSETS.METADATA,
              change.metadata().or(() -> old.get().metadata()).map(JsonColumn::of).orElse(null))
          .set(ASSETS.EXPIRES_AT, change.expiresAt().or(() -> old.get().expiresAt()).orElse(null))
          .where(ASSETS.ID.eq(id).and(ASSETS.USER_ID.eq(scope.user())))
          .execute();
      return find(db, id);
    });
  }

  /** Deletes it softly; whether there was one. */
  boolean delete(String id) {
    return scope.write(db ->
        db.update(ASSETS)
                .set(ASSETS.DELETED_AT, currentInstant())
                .where(ASSETS.ID.eq(id).and(ASSETS.USER_ID.eq(scope.user())))
                .and(ASSETS.DELETED_AT.isNull())
                .execute()
            == 1);
  }

  long count() {
    return scope.read(db -> (long) db.fetchCount(LIVE_ASSETS, mine()));
  }

  /** What has expired is gone, also before it is removed. */
  private Condition mine() {
    return LIVE_ASSETS
        .USER_ID
        .eq(scope.user())
        .and(LIVE_ASSETS.EXPIRES_AT.isNull().or(LIVE_ASSETS.EXPIRES_AT.gt(currentInstant())));
  }

  private static Views.Asset view(Record row) {
    return new Views.Asset(
        row.get(LIVE_ASSETS.ID),
        row.get(LIVE_ASSETS.TYPE),
        row.get(LIVE_ASSETS.URI),
        Views.maybe(row.get(LIVE_ASSETS.METADATA)),
        Optional.ofNullable(row.get(LIVE_ASSETS.SIZE_BYTES)),
        Optional.ofNullable(row.get(LIVE_ASSETS.EXPIRES_AT)),
        row.get(LIVE_ASSETS.CREATED_AT));
  }
}
