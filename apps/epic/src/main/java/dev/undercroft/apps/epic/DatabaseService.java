package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.ASSETS;
import static dev.undercroft.apps.epic.db.Tables.JOBS;
import static dev.undercroft.apps.epic.db.Tables.PRESETS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.SCENES;
import static dev.undercroft.apps.epic.db.Tables.SESSIONS;
import static dev.undercroft.apps.epic.db.Tables.USERS;
import static dev.undercroft.apps.epic.db.Tables.VERIFICATION_TOKENS;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectCount;

import dev.undercroft.apps.epic.db.enums.JobStatus;
import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.TableField;

/** What the application does with its database as a whole. Thread-safe. */
final class DatabaseService {

  private static final Duration KEPT = Duration.ofDays(30);

  private final Data data;
  private final InstantSource clock;

  DatabaseService(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** What can be owned. */
  enum Kind {
    /** A project. */
    project,
    /** An asset. */
    asset,
    /** A preset. */
    preset,
    /** A job, through its project. */
    job,
    /** A scene, through its project. */
    scene
  }

  /** Numbers of rows that are not deleted. */
  record Stats(
      long users, long projects, long jobs, long assets, long activeJobs, Instant timestamp) {}

  /** Numbers of one user's rows that are not deleted. */
  record ResourceCounts(
      long totalProjects,
      long projectsToday,
      long totalAssets,
      long activeJobs,
      long totalScenes) {}

  /** What a clean-up has removed. */
  record Removed(int expiredAssets, int expiredSessions, int purged) {}

  /** The rows of this user and no others. */
  UserScopedClient getUserScopedClient(String user) {
    return new UserScopedClient(new Scope(data, user));
  }

  /** Whether this row exists and belongs to this user. */
  boolean verifyUserOwnership(String user, Kind kind, String id) {
    UserScopedClient own = getUserScopedClient(user);
    return switch (kind) {
      case project -> own.projects().find(id).isPresent();
      case asset -> own.assets().find(id).isPresent();
      case preset -> own.presets().find(id).isPresent();
      case job -> own.jobs().find(id).isPresent();
      case scene -> own.scenes().find(id).isPresent();
    };
  }

  /** Removes assets that have expired; returns how many. Rows without expiry stay. */
  int cleanupExpiredAssets() {
    return data.withSystem(
        db -> db.deleteFrom(ASSETS).where(ASSETS.EXPIRES_AT.lt(clock.instant())).execute());
  }

  /** Removes what has expired, and for good what was deleted thirty days ago. */
  Removed maintain() {
    int assets = cleanupExpiredAssets();
    return data.withSystem(db -> {
      Instant now = clock.instant();
      int sessions =
          db.deleteFrom(SESSIONS).where(SESSIONS.EXPIRES.lt(now)).execute()
              + db.deleteFrom(VERIFICATION_TOKENS)
                  .where(VERIFICATION_TOKENS.EXPIRES.lt(now))
                  .execute();
      int purged =
          purge(db, PROJECTS, PROJECTS.DELETED_AT, now)
              + purge(db, ASSETS, ASSETS.DELETED_AT, now)
              + purge(db, PRESETS, PRESETS.DELETED_AT, now)
              + purge(db, USERS, USERS.DELETED_AT, now);
      return new Removed(assets, sessions, purged);
    });
  }

  private static int purge(
      DSLContext db, Table<?> table, TableField<?, Instant> deletedAt, Instant now) {
    return db.deleteFrom(table).where(deletedAt.lt(now.minus(KEPT))).execute();
  }

  /** How many rows there are. */
  Stats getDatabaseStats() {
    return data.readSystem(db -> {
      Field<Integer> users = count(USERS, USERS.DELETED_AT.isNull());
      Field<Integer> projects = count(PROJECTS, PROJECTS.DELETED_AT.isNull());
      Field<Integer> jobs = field(selectCount().from(JOBS));
      Field<Integer> assets = count(ASSETS, ASSETS.DELETED_AT.isNull());
      Field<Integer> active = count(JOBS, JOBS.STATUS.in(JobStatus.QUEUED, JobStatus.RUNNING));
      return db.select(users, projects, jobs, assets, active)
          .fetchSingle(row ->
              new Stats(
                  row.value1(),
                  row.value2(),
                  row.value3(),
                  row.value4(),
                  row.value5(),
                  clock.instant()));
    });
  }

  /** How many rows a user has. */
  ResourceCounts getUserResourceCounts(String user) {
    return new Scope(data, user).read(db -> counts(db, user));
  }

  ResourceCounts counts(DSLContext db, String user) {
    Instant today =
        db.select(USERS.SETTINGS)
            .from(USERS)
            .where(USERS.ID.eq(user))
            .fetchOptional()
            .flatMap(row -> Views.maybe(row.value1()))
            .map(Quotas::zone)
            .or(() -> Optional.of(Quotas.USUAL_ZONE))
            .map(zone -> clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant())
            .orElseThrow();
    var own =
        select(PROJECTS.ID)
            .from(PROJECTS)
            .where(PROJECTS.USER_ID.eq(user))
            .and(PROJECTS.DELETED_AT.isNull());
    return db.select(
            count(PROJECTS, PROJECTS.USER_ID.eq(user).and(PROJECTS.DELETED_AT.isNull())),
            count(PROJECTS, PROJECTS.USER_ID.eq(user).and(PROJECTS.CREATED_AT.ge(today))),
            count(ASSETS, ASSETS.USER_ID.eq(user).and(ASSETS.DELETED_AT.isNull())),
            count(
                JOBS,
                JOBS.PROJECT_ID.in(own).and(JOBS.STATUS.in(JobStatus.QUEUED, JobStatus.RUNNING))),
            count(SCENES, SCENES.PROJECT_ID.in(own)))
        .fetchSingle(row ->
            new ResourceCounts(
                row.value1(), row.value2(), row.value3(), row.value4(), row.value5()));
  }

  private static Field<Integer> count(Table<?> table, org.jooq.Condition condition) {
    return field(selectCount().from(table).where(condition));
  }
}
