package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_FILES;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.val;

import dev.undercroft.apps.codepal.db.Routines;
import dev.undercroft.base.Problem;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** Makes projects, lists, changes and deletes them. Thread-safe. */
final class Projects {

  /** So many projects that are not deleted one person owns at most. */
  static final int MOST = 100;

  private static final Texts.Length NAME = new Texts.Length(1, 100);
  private static final Texts.Length DESCRIPTION = new Texts.Length(0, 2000);
  private static final Texts.Length SHORT = new Texts.Length(0, 50);

  /** A text ends with its last line break or with a line that has none. */
  private static final String LINES =
      "case when coalesce({0}, '') = '' then 0 else length({0}) - length(replace({0}, E'\\n', ''))"
          + " + case when right({0}, 1) = E'\\n' then 0 else 1 end end";

  private final Data data;

  Projects(Data data) {
    this.data = data;
  }

  /** A project's state, but for deleted ones, which nobody sees any more. */
  enum Status {
    /** It is worked on. */
    ACTIVE,
    /** It is kept. */
    ARCHIVED
  }

  /** What is set for a project; what is absent stays. */
  record Settings(
      Optional<String> language,
      Optional<String> framework,
      Optional<Boolean> aiEnabled,
      Optional<Boolean> codeReviewEnabled,
      Optional<Boolean> securityScanEnabled) {

    Map<String, Object> given() {
      Map<String, Object> given = new LinkedHashMap<>();
      language.ifPresent(one -> given.put("language", one));
      framework.ifPresent(one -> given.put("framework", one));
      aiEnabled.ifPresent(one -> given.put("aiEnabled", one));
      codeReviewEnabled.ifPresent(one -> given.put("codeReviewEnabled", one));
      securityScanEnabled.ifPresent(one -> given.put("securityScanEnabled", one));
      return given;
    }
  }

  /** What a new project is to be. */
  record Wanted(
      String name,
      Optional<String> description,
      Optional<String> template,
      Optional<Settings> settings) {}

  /** What is to change; what is absent stays. */
  record Change(
      Optional<String> name,
      Optional<String> description,
      Optional<Status> status,
      Optional<Settings> settings) {}

  /**
   * A project.
   *
   * @param role what the caller is in it; absent for an administrator who is no member
   * @param permissions what the caller may do in it
   */
  record View(
      String id,
      String name,
      Optional<String> description,
      String ownerId,
      Status status,
      Map<String, Object> settings,
      Optional<String> template,
      Instant createdAt,
      Instant updatedAt,
      Optional<String> role,
      Set<Permission> permissions) {}

  /** Which projects. */
  record Asked(int limit, Optional<String> after, Optional<Status> status) {}

  /**
   * What a project holds.
   *
   * @param lines of all files
   * @param bytes of all files
   * @param lastActivity when the project or one of its files was changed last
   */
  record Stats(long files, long lines, long bytes, long members, Instant lastActivity) {}

  /**
   * Makes a project; its owner is its first member.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong, or if the caller
   *     owns enough
   */
  View createProject(Caller caller, Wanted wanted) {
    String owner = Callers.id(caller);
    check(
        new Change(
            Optional.of(wanted.name()), wanted.description(), Optional.empty(), wanted.settings()),
        wanted.template());
    return data.withTenant(
        caller.context(),
        db -> {
          Turn.take(db, "codepal.projects", owner);
          int had =
              db.fetchCount(
                  PROJECTS, PROJECTS.OWNER_ID.eq(owner).and(PROJECTS.STATUS.ne("DELETED")));
          Quotas.demand("projects", had, MOST, "Delete one that is not needed any more.");
          String id =
              db.insertInto(PROJECTS)
                  .set(PROJECTS.NAME, wanted.name().strip())
                  .set(PROJECTS.DESCRIPTION, given(wanted.description()))
                  .set(PROJECTS.OWNER_ID, owner)
                  .set(PROJECTS.TEMPLATE, given(wanted.template()))
                  .set(
                      PROJECTS.SETTINGS,
                      JsonColumn.of(wanted.settings().map(Settings::given).orElse(Map.of())))
                  .returningResult(PROJECTS.ID)
                  .fetchSingle()
                  .value1();
          return one(db, caller, id);
        });
  }

  /** The projects in which the caller is a member, newest first. */
  List<View> getUserProjects(Caller caller, Asked asked) {
    Condition page =
        asked
            .after()
            .map(id ->
                row(PROJECTS.CREATED_AT, PROJECTS.ID)
                    .lessThan(
                        select(PROJECTS.CREATED_AT, PROJECTS.ID)
                            .from(PROJECTS)
                            .where(PROJECTS.ID.eq(id))))
            .map(Condition.class::cast)
            .orElse(DSL.noCondition());
    Condition status =
        asked.status().map(one -> PROJECTS.STATUS.eq(one.name())).orElse(DSL.noCondition());
    return data.readTenant(
        caller.context(),
        db ->
            views(db, caller, PROJECT_MEMBERS.ID.isNotNull().and(page).and(status), asked.limit()));
  }

  /**
   * A project.
   *
   * @throws dev.undercroft.base.ProblemException if the caller may see no such project
   */
  View getProject(Caller caller, String project) {
    return data.readTenant(caller.context(), db -> one(db, caller, project));
  }

  /**
   * Changes what is given.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong; or not found, or
   *     forbidden
   */
  View updateProject(Caller caller, String project, Change change) {
    check(change, Optional.empty());
    Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
    change.name().ifPresent(name -> columns.put(PROJECTS.NAME, name.strip()));
    if (change.description().isPresent()) {
      columns.put(PROJECTS.DESCRIPTION, given(change.description()));
    }
    change.status().ifPresent(status -> columns.put(PROJECTS.STATUS, status.name()));
    change.settings().ifPresent(settings -> columns.put(PROJECTS.SETTINGS, merged(settings)));
    return data.withTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.MANAGE_SETTINGS);
          if (!columns.isEmpty()) {
            db.update(PROJECTS).set(columns).where(PROJECTS.ID.eq(project)).execute();
          }
          return one(db, caller, project);
        });
  }

  /**
   * Deletes a project: nobody sees it any more; its rows go with the next clean-up.
   *
   * @throws dev.undercroft.base.ProblemException not found, or forbidden
   */
  void deleteProject(Caller caller, String project) {
    data.useTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.DELETE);
          ProjectAccess.demand(db, caller, project, Permission.MANAGE_SETTINGS);
          db.update(PROJECTS)
              .set(PROJECTS.STATUS, "DELETED")
              .where(PROJECTS.ID.eq(project))
              .execute();
        });
  }

  /**
   * What a project holds.
   *
   * @throws dev.undercroft.base.ProblemException not found, or forbidden
   */
  Stats stats(Caller caller, String project) {
    return data.snapshotTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.READ);
          int members = db.fetchCount(PROJECT_MEMBERS, PROJECT_MEMBERS.PROJECT_ID.eq(project));
          Field<Integer> lines = field(LINES, SQLDataType.INTEGER, PROJECT_FILES.CONTENT);
          return db.select(
                  count(PROJECT_FILES.ID),
                  sum(lines),
                  sum(PROJECT_FILES.SIZE),
                  greatest(PROJECTS.UPDATED_AT, max(PROJECT_FILES.LAST_MODIFIED)))
              .from(PROJECTS)
              .leftJoin(PROJECT_FILES)
              .on(PROJECT_FILES.PROJECT_ID.eq(PROJECTS.ID))
              .where(PROJECTS.ID.eq(project))
              .groupBy(PROJECTS.ID)
              .fetchSingle(found ->
                  new Stats(
                      found.value1(),
                      number(found.value2()),
                      number(found.value3()),
                      members,
                      found.value4()));
        });
  }

  private static long number(java.math.@Nullable BigDecimal sum) {
    return sum == null ? 0 : sum.longValueExact();
  }

  /** In one statement, so that of two changes at once neither is lost. */
  private static Field<JSONB> merged(Settings settings) {
    return field(
        "coalesce({0}, '{}'::jsonb) || {1}",
        SQLDataType.JSONB, PROJECTS.SETTINGS, val(JsonColumn.of(settings.given())));
  }

  private static @Nullable String given(Optional<String> text) {
    return text.map(String::strip).filter(one -> !one.isEmpty()).orElse(null);
  }

  private static void check(Change change, Optional<String> template) {
    List<Problem> problems = new ArrayList<>();
    change
        .name()
        .flatMap(name -> Texts.wrongLine(name.strip(), "/name", NAME))
        .ifPresent(problems::add);
    change
        .description()
        .flatMap(text -> Texts.wrong(text, "/description", DESCRIPTION))
        .ifPresent(problems::add);
    template.flatMap(text -> Texts.wrongLine(text, "/template", SHORT)).ifPresent(problems::add);
    change
        .settings()
        .ifPresent(settings -> {
          settings
              .language()
              .flatMap(text -> Texts.wrongLine(text, "/settings/language", SHORT))
              .ifPresent(problems::add);
          settings
              .framework()
              .flatMap(text -> Texts.wrongLine(text, "/settings/framework", SHORT))
              .ifPresent(problems::add);
        });
    Texts.refuse(problems);
  }

  private static View one(DSLContext db, Caller caller, String project) {
    return views(db, caller, PROJECTS.ID.eq(project), 1).stream()
        .findFirst()
        .orElseThrow(() -> ProjectAccess.unknown().exception());
  }

  private static List<View> views(DSLContext db, Caller caller, Condition which, int limit) {
    return db.select(
            PROJECTS.ID,
            PROJECTS.NAME,
            PROJECTS.DESCRIPTION,
            PROJECTS.OWNER_ID,
            PROJECTS.STATUS,
            PROJECTS.SETTINGS,
            PROJECTS.TEMPLATE,
            PROJECTS.CREATED_AT,
            PROJECTS.UPDATED_AT,
            PROJECT_MEMBERS.ROLE,
            Routines.memberPermissions(PROJECT_MEMBERS.ROLE, PROJECT_MEMBERS.PERMISSIONS))
        .from(PROJECTS)
        .leftJoin(PROJECT_MEMBERS)
        .on(PROJECT_MEMBERS.PROJECT_ID.eq(PROJECTS.ID))
        .and(PROJECT_MEMBERS.USER_ID.eq(Callers.id(caller)))
        .where(which)
        .and(PROJECTS.STATUS.ne("DELETED"))
        .orderBy(PROJECTS.CREATED_AT.desc(), PROJECTS.ID.desc())
        .limit(limit)
        .fetch(found -> {
          @Nullable String description = found.value3();
          @Nullable Map<String, Object> settings = JsonColumn.object(found.value6());
          @Nullable String template = found.value7();
          @Nullable String role = found.value10();
          return new View(
              found.value1(),
              found.value2(),
              Optional.ofNullable(description),
              found.value4(),
              Status.valueOf(found.value5()),
              settings == null ? Map.of() : settings,
              Optional.ofNullable(template),
              found.value8(),
              found.value9(),
              Optional.ofNullable(role),
              ProjectAccess.of(found.value11()));
        });
  }
}
