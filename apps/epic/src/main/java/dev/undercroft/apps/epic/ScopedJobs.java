package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.JOBS;
import static dev.undercroft.apps.epic.db.Tables.LIVE_PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static org.jooq.impl.DSL.select;

import dev.undercroft.apps.epic.db.enums.JobStatus;
import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.sdk.JsonColumn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Select;
import org.jooq.SelectField;

/** Jobs of one user, through the user's projects. Thread-safe. */
final class ScopedJobs {

  static final List<SelectField<?>> COLUMNS =
      List.of(
          JOBS.ID,
          JOBS.PROJECT_ID,
          JOBS.STATUS,
          JOBS.CONFIG,
          JOBS.COST_ESTIMATE,
          JOBS.COST_ACTUAL,
          JOBS.PRIORITY,
          JOBS.ATTEMPTS,
          JOBS.STARTED_AT,
          JOBS.FINISHED_AT,
          JOBS.ERROR_DETAIL,
          JOBS.CREATED_AT);

  private final Scope scope;

  ScopedJobs(Scope scope) {
    this.scope = scope;
  }

  /** The latest jobs of a project. */
  static Select<Record> of(Field<String> project, int most) {
    return select(COLUMNS)
        .from(JOBS)
        .where(JOBS.PROJECT_ID.eq(project))
        .orderBy(JOBS.CREATED_AT.desc(), JOBS.ID.desc())
        .limit(most);
  }

  Page<Views.Job> list(Page.Asked asked) {
    return scope.read(db ->
        Page.of(
            db.select(COLUMNS)
                .from(JOBS)
                .where(mine())
                .orderBy(JOBS.CREATED_AT.desc(), JOBS.ID.desc())
                .limit(asked.limit())
                .offset(asked.offset())
                .fetch(ScopedJobs::view),
            asked,
            db.fetchCount(JOBS, mine())));
  }

  Optional<Views.Job> find(String id) {
    return scope.read(db -> find(db, id));
  }

  private Optional<Views.Job> find(DSLContext db, String id) {
    return db.select(COLUMNS)
        .from(JOBS)
        .where(mine().and(JOBS.ID.eq(id)))
        .fetchOptional(ScopedJobs::view);
  }

  /** Queues a job; in a transaction that has seen the project. */
  Views.Job create(
      DSLContext db, String project, Map<String, Object> config, Map<String, Object> estimate) {
    String id =
        db.insertInto(JOBS)
            .set(JOBS.PROJECT_ID, project)
            .set(JOBS.CONFIG, JsonColumn.of(config))
            .set(JOBS.COST_ESTIMATE, JsonColumn.of(estimate))
            .returningResult(JOBS.ID)
            .fetchSingle()
            .value1();
    return find(db, id).orElseThrow();
  }

  /** Whether a job of this project waits or runs. */
  boolean active(DSLContext db, String project) {
    return db.fetchExists(
        JOBS,
        mine()
            .and(JOBS.PROJECT_ID.eq(project))
            .and(JOBS.STATUS.in(JobStatus.QUEUED, JobStatus.RUNNING)));
  }

  /** Cancels a job, and with it the making of its video. Empty if there is none of the user. */
  Optional<Views.Job> cancel(String id) {
    return move(id, JobStatus.CANCELLED, ProjectStatus.PROCESSING, ProjectStatus.FAILED);
  }

  /** Queues a job that has failed. Empty if there is none of the user. */
  Optional<Views.Job> retry(String id) {
    return move(id, JobStatus.QUEUED, ProjectStatus.FAILED, ProjectStatus.READY);
  }

  /**
   * Locks the job, then its project, in the order in which workers do; a project that is deleted
   * meanwhile takes the step back.
   */
  private Optional<Views.Job> move(
      String id, JobStatus status, ProjectStatus from, ProjectStatus to) {
    return scope.write(db -> {
      Optional<Views.Job> job =
          db.select(COLUMNS)
              .from(JOBS)
              .where(mine().and(JOBS.ID.eq(id)))
              .forUpdate()
              .fetchOptional(ScopedJobs::view);
      if (job.isEmpty() || job.get().status() == status) {
        return job;
      }
      String project = job.get().projectId();
      db.update(JOBS).set(JOBS.STATUS, status).where(JOBS.ID.eq(id)).execute();
      if (new ScopedProjects(scope).lock(db, project).isEmpty()) {
        throw Unknown.row("job", id);
      }
      db.update(PROJECTS)
          .set(PROJECTS.STATUS, to)
          .where(PROJECTS.ID.eq(project).and(PROJECTS.USER_ID.eq(scope.user())))
          .and(PROJECTS.STATUS.eq(from))
          .execute();
      return find(db, id);
    });
  }

  long count() {
    return scope.read(db -> (long) db.fetchCount(JOBS, mine()));
  }

  private Condition mine() {
    return JOBS.PROJECT_ID.in(
        select(LIVE_PROJECTS.ID).from(LIVE_PROJECTS).where(LIVE_PROJECTS.USER_ID.eq(scope.user())));
  }

  static Views.Job view(Record row) {
    return new Views.Job(
        row.get(JOBS.ID),
        row.get(JOBS.PROJECT_ID),
        row.get(JOBS.STATUS),
        Views.object(row.get(JOBS.CONFIG)),
        Views.maybe(row.get(JOBS.COST_ESTIMATE)),
        Views.maybe(row.get(JOBS.COST_ACTUAL)),
        row.get(JOBS.PRIORITY),
        row.get(JOBS.ATTEMPTS),
        Optional.ofNullable(row.get(JOBS.STARTED_AT)),
        Optional.ofNullable(row.get(JOBS.FINISHED_AT)),
        Views.maybe(row.get(JOBS.ERROR_DETAIL)),
        row.get(JOBS.CREATED_AT));
  }
}
