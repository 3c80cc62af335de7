package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.LIVE_PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.noCondition;

import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.sdk.JsonColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.SelectField;

/** Projects of one user. Thread-safe. */
final class ScopedProjects {

  static final List<SelectField<?>> COLUMNS =
      List.of(
          LIVE_PROJECTS.ID,
          LIVE_PROJECTS.TITLE,
          LIVE_PROJECTS.DESCRIPTION,
          LIVE_PROJECTS.STATUS,
          LIVE_PROJECTS.CONFIG,
          LIVE_PROJECTS.CREATED_AT,
          LIVE_PROJECTS.UPDATED_AT);

  private static final int LATEST_JOBS = 5;

  private static final Field<List<Views.Scene>> ITS_SCENES =
      multiset(ScopedScenes.of(LIVE_PROJECTS.ID))
          .as("scenes")
          .convertFrom(rows -> rows.map(ScopedScenes::view));
  private static final Field<List<Views.Job>> LAST_JOBS = jobs("last_jobs", LATEST_JOBS);
  private static final Field<List<Views.Job>> ITS_JOBS = jobs("its_jobs", Page.MOST);

  private final Scope scope;

  ScopedProjects(Scope scope) {
    this.scope = scope;
  }

  /** What a list is sorted by. */
  enum Sorting {
    /** When it was made, newest first. */
    created,
    /** When it was changed, newest first. */
    updated,
    /** By title. */
    title
  }

  /** Which projects. */
  record Asked(
      Page.Asked page, Optional<ProjectStatus> status, Optional<String> search, Sorting sorting) {

    static final Asked ALL =
        new Asked(Page.Asked.FIRST, Optional.empty(), Optional.empty(), Sorting.created);
  }

  /** What is to change; what is absent stays. */
  record Change(
      Optional<String> title,
      Optional<String> description,
      Optional<ProjectStatus> status,
      Optional<Map<String, Object>> config) {}

  Page<Views.Project> list(Asked asked) {
    Condition wanted =
        mine()
            .and(asked.status().map(LIVE_PROJECTS.STATUS::eq).orElse(noCondition()))
            .and(asked.search().map(ScopedProjects::found).orElse(noCondition()));
    return scope.read(db -> {
      List<Views.Project> items =
          db.select(COLUMNS)
              .from(LIVE_PROJECTS)
              .where(wanted)
              .orderBy(order(asked.sorting()), LIVE_PROJECTS.ID.asc())
              .limit(asked.page().limit())
              .offset(asked.page().offset())
              .fetch(ScopedProjects::view);
      long total = db.fetchCount(LIVE_PROJECTS, wanted);
      return Page.of(items, asked.page(), total);
    });
  }

  private static Condition found(String text) {
    String pattern = "%" + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    return LIVE_PROJECTS
        .TITLE
        .likeIgnoreCase(pattern, '!')
        .or(LIVE_PROJECTS.DESCRIPTION.likeIgnoreCase(pattern, '!'));
  }

  private static OrderField<?> order(Sorting sorting) {
    return switch (sorting) {
      case created -> LIVE_PROJECTS.CREATED_AT.desc();
      case updated -> LIVE_PROJECTS.UPDATED_AT.desc();
      case title -> LIVE_PROJECTS.TITLE.asc();
    };
  }

  Optional<Views.Project> find(String id) {
    return scope.read(db -> find(db, id));
  }

  Optional<Views.Project> find(DSLContext db, String id) {
    return db.select(COLUMNS)
        .from(LIVE_PROJECTS)
        .where(mine().and(LIVE_PROJECTS.ID.eq(id)))
        .fetchOptional(ScopedProjects::view);
  }

  /** The project with its scenes in order and its latest jobs, in one statement. */
  Optional<Views.ProjectDetail> detail(String id) {
    return scope.read(db ->
        db.select(COLUMNS)
            .select(ITS_SCENES, LAST_JOBS)
            .from(LIVE_PROJECTS)
            .where(mine().and(LIVE_PROJECTS.ID.eq(id)))
            .fetchOptional(row -> detail(row, LAST_JOBS)));
  }

  /** A page of whole projects, oldest first, in one statement. */
  List<Views.ProjectDetail> details(DSLContext db, Page.Asked asked) {
    return db.select(COLUMNS)
        .select(ITS_SCENES, ITS_JOBS)
        .from(LIVE_PROJECTS)
        .where(mine())
        .orderBy(LIVE_PROJECTS.CREATED_AT, LIVE_PROJECTS.ID)
        .limit(asked.limit())
        .offset(asked.offset())
        .fetch(row -> detail(row, ITS_JOBS));
  }

  private static Field<List<Views.Job>> jobs(String name, int most) {
    return multiset(ScopedJobs.of(LIVE_PROJECTS.ID, most))
        .as(name)
        .convertFrom(rows -> rows.map(ScopedJobs::view));
  }

  private static Views.ProjectDetail detail(Record row, Field<List<Views.Job>> jobs) {
    return new Views.ProjectDetail(view(row), row.get(ITS_SCENES), row.get(jobs));
  }

  /** Makes a draft; in a transaction that has decided that there may be one more. */
  Views.Project create(
      DSLContext db, String title, Optional<String> description, Map<String, Object> config) {
    String id =
        db.insertInto(PROJECTS)
            .set(PROJECTS.USER_ID, scope.user())
            .set(PROJECTS.TITLE, title)
            .set(PROJECTS.DESCRIPTION, description.orElse(null))
            .set(PROJECTS.CONFIG, JsonColumn.of(config))
            .returningResult(PROJECTS.ID)
            .fetchSingle()
            .value1();
    return find(db, id).orElseThrow();
  }

  /** Changes what is given; empty if there is no such project of the user. */
  Optional<Views.Project> update(String id, Change change) {
    return scope.write(db -> {
      Optional<Views.Project> old = lock(db, id);
      if (old.isEmpty()) {
        return old;
      }
      db.update(PROJECTS)
          .set(PROJECTS.TITLE, change.title().orElse(old.get().title()))
          .set(
              PROJECTS.DESCRIPTION,
              change.description().or(() -> old.get().description()).orElse(null))
          .set(PROJECTS.STATUS, change.status().orElse(old.get().status()))
          .set(
              PROJECTS.CONFIG,
              JsonColumn.of(
                  change
                      .config()
                      .map(config -> ProjectConfig.merged(old.get().config(), config))
                      .orElse(old.get().config())))
          .where(PROJECTS.ID.eq(id).and(PROJECTS.USER_ID.eq(scope.user())))
          .execute();
      return find(db, id);
    });
  }

  /** The project, kept from changing until the transaction ends. */
  Optional<Views.Project> lock(DSLContext db, String id) {
    db.select(PROJECTS.ID)
        .from(PROJECTS)
        .where(PROJECTS.ID.eq(id).and(PROJECTS.USER_ID.eq(scope.user())))
        .forUpdate()
        .fetch();
    return find(db, id);
  }

  /** Deletes it softly; whether there was one. Refused while a job is queued or running. */
  boolean delete(String id) {
    return scope.write(db ->
        db.update(PROJECTS)
                .set(PROJECTS.DELETED_AT, currentInstant())
                .where(PROJECTS.ID.eq(id).and(PROJECTS.USER_ID.eq(scope.user())))
                .and(PROJECTS.DELETED_AT.isNull())
                .execute()
            == 1);
  }

  long count() {
    return scope.read(db -> (long) db.fetchCount(LIVE_PROJECTS, mine()));
  }

  private Condition mine() {
    return LIVE_PROJECTS.USER_ID.eq(scope.user());
  }

  static Views.Project view(Record row) {
    return new Views.Project(
        row.get(LIVE_PROJECTS.ID),
        row.get(LIVE_PROJECTS.TITLE),
        Optional.ofNullable(row.get(LIVE_PROJECTS.DESCRIPTION)),
        row.get(LIVE_PROJECTS.STATUS),
        Views.object(row.get(LIVE_PROJECTS.CONFIG)),
        row.get(LIVE_PROJECTS.CREATED_AT),
        row.get(LIVE_PROJECTS.UPDATED_AT));
  }
}
