package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.LIVE_PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.SCENES;
import static org.jooq.impl.DSL.select;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/** Scenes of one user, through the user's projects. Thread-safe. */
final class ScopedScenes {

  private static final List<SelectField<?>> COLUMNS =
      List.of(
          SCENES.ID,
          SCENES.SCENE_INDEX,
          SCENES.TEXT,
          SCENES.PROMPT,
          SCENES.IMAGE_ASSET_ID,
          SCENES.CREATED_AT,
          SCENES.UPDATED_AT);

  private final Scope scope;

  ScopedScenes(Scope scope) {
    this.scope = scope;
  }

  /** A scene to be. */
  record Draft(String text, Optional<String> prompt, Optional<String> imageAssetId) {}

  /** What is to change; what is absent stays. */
  record Change(Optional<String> text, Optional<String> prompt, Optional<String> imageAssetId) {}

  /** The scenes of a project, in order. */
  static Select<Record> of(Field<String> project) {
    return select(COLUMNS)
        .from(SCENES)
        .where(SCENES.PROJECT_ID.eq(project))
        .orderBy(SCENES.SCENE_INDEX);
  }

  List<Views.Scene> list(String project) {
    return scope.read(db -> list(db, project));
  }

  private List<Views.Scene> list(DSLContext db, String project) {
    return db.select(COLUMNS)
        .from(SCENES)
        .where(mine().and(SCENES.PROJECT_ID.eq(project)))
        .orderBy(SCENES.SCENE_INDEX)
        .fetch(ScopedScenes::view);
  }

  Optional<Views.Scene> find(String id) {
    return scope.read(db -> find(db, id));
  }

  private Optional<Views.Scene> find(DSLContext db, String id) {
    return db.select(COLUMNS)
        .from(SCENES)
        .where(mine().and(SCENES.ID.eq(id)))
        .fetchOptional(ScopedScenes::view);
  }

  /** Replaces all scenes of a project; in a transaction that holds the project. */
  List<Views.Scene> replace(DSLContext db, String project, List<Draft> drafts) {
    db.deleteFrom(SCENES).where(mine().and(SCENES.PROJECT_ID.eq(project))).execute();
    if (!drafts.isEmpty()) {
      var insert =
          db.insertInto(
              SCENES,
              SCENES.PROJECT_ID,
              SCENES.SCENE_INDEX,
              SCENES.TEXT,
              SCENES.PROMPT,
              SCENES.IMAGE_ASSET_ID);
      for (int i = 0; i < drafts.size(); i++) {
        Draft draft = drafts.get(i);
        @Nullable String prompt = draft.prompt().orElse(null);
        @Nullable String image = draft.imageAssetId().orElse(null);
        insert = insert.values(project, i, draft.text(), prompt, image);
      }
      insert.execute();
    }
    return list(db, project);
  }

  /** Changes what is given; empty if the project of the user has no such scene. */
  Optional<Views.Scene> update(DSLContext db, String project, String id, Change change) {
    Condition wanted = mine().and(SCENES.PROJECT_ID.eq(project)).and(SCENES.ID.eq(id));
    Optional<Views.Scene> old =
        db.select(COLUMNS).from(SCENES).where(wanted).fetchOptional(ScopedScenes::view);
    if (old.isEmpty()) {
      return old;
    }
    db.update(SCENES)
        .set(SCENES.TEXT, change.text().orElse(old.get().text()))
        .set(SCENES.PROMPT, change.prompt().or(() -> old.get().prompt()).orElse(null))
        .set(
            SCENES.IMAGE_ASSET_ID,
            change.imageAssetId().or(() -> old.get().imageAssetId()).orElse(null))
        .where(wanted)
        .execute();
    return find(db, id);
  }

  /** Says what the pictures of these scenes of a project are made from; all or none. */
  List<Views.Scene> setPrompts(DSLContext db, String project, Map<String, String> prompts) {
    prompts.forEach((scene, prompt) -> {
      int changed =
          db.update(SCENES)
              .set(SCENES.PROMPT, prompt)
              .where(mine().and(SCENES.PROJECT_ID.eq(project)).and(SCENES.ID.eq(scene)))
              .execute();
      if (changed == 0) {
        throw Unknown.row("scene", scene);
      }
    });
    return list(db, project);
  }

  /** Deletes it; whether there was one. */
  boolean delete(String id) {
    return scope.write(
        db -> db.deleteFrom(SCENES).where(mine().and(SCENES.ID.eq(id))).execute() == 1);
  }

  long count() {
    return scope.read(db -> (long) db.fetchCount(SCENES, mine()));
  }

  private Condition mine() {
    return SCENES.PROJECT_ID.in(
        select(LIVE_PROJECTS.ID).from(LIVE_PROJECTS).where(LIVE_PROJECTS.USER_ID.eq(scope.user())));
  }

  static Views.Scene view(Record row) {
    return new Views.Scene(
        row.get(SCENES.ID),
        row.get(SCENES.SCENE_INDEX),
        row.get(SCENES.TEXT),
        Optional.ofNullable(row.get(SCENES.PROMPT)),
        Optional.ofNullable(row.get(SCENES.IMAGE_ASSET_ID)),
        row.get(SCENES.CREATED_AT),
        row.get(SCENES.UPDATED_AT));
  }
}
