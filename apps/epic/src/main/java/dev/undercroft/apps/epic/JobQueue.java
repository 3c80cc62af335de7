package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.JOBS;
import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static org.jooq.impl.DSL.select;

import dev.undercroft.apps.epic.db.enums.JobStatus;
import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * The queue of jobs, for workers: the oldest of the highest priority first, two workers never the
 * same. A worker reports with the number of its attempt: one that was given up in the meantime
 * reports in vain. The project follows its job. Thread-safe.
 */
final class JobQueue {

  static final Duration PATIENCE = Duration.ofMinutes(5);
  static final int BATCH = 10;

  private static final int ATTEMPTS = 3;

  private final Data data;
  private final InstantSource clock;

  JobQueue(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /**
   * One attempt at a job.
   *
   * @param id the job
   * @param number which attempt, from 1
   */
  record Attempt(String id, int number) {}

  /**
   * Why an attempt has failed.
   *
   * @param retryable whether another may succeed
   */
  record Failure(
      String code, String message, Optional<Map<String, Object>> details, boolean retryable) {}

  /** Takes up to so many jobs; they are running from now on. What was stuck comes back first. */
  List<Views.Job> claim(int most) {
    releaseStuck();
    return data.withSystem(db -> {
      List<String> ids =
          db.select(JOBS.ID)
              .from(JOBS)
              .where(JOBS.STATUS.eq(JobStatus.QUEUED))
              .orderBy(JOBS.PRIORITY.desc(), JOBS.CREATED_AT, JOBS.ID)
              .limit(most)
              .forUpdate()
              .skipLocked()
              .fetch(JOBS.ID);
      if (ids.isEmpty()) {
        return List.of();
      }
      db.update(JOBS).set(JOBS.STATUS, JobStatus.RUNNING).where(JOBS.ID.in(ids)).execute();
      follow(db, ids, ProjectStatus.READY, ProjectStatus.PROCESSING);
      return db.select(ScopedJobs.COLUMNS)
          .from(JOBS)
          .where(JOBS.ID.in(ids))
          .orderBy(JOBS.PRIORITY.desc(), JOBS.CREATED_AT, JOBS.ID)
          .fetch(ScopedJobs::view);
    });
  }

  /**
   * An attempt has made the video.
   *
   * @throws ProblemException conflict, if this attempt is not running any more
   */
  Views.Job succeed(Attempt attempt, Map<String, Object> cost) {
    Costs.demandActual(cost);
    return data.withSystem(db -> {
      int done =
          db.update(JOBS)
              .set(JOBS.STATUS, JobStatus.SUCCEEDED)
              .set(JOBS.COST_ACTUAL, JsonColumn.of(cost))
              .where(running(attempt))
              .execute();
      Views.Job job = demandDone(db, attempt, done);
      follow(db, List.of(attempt.id()), ProjectStatus.PROCESSING, ProjectStatus.COMPLETED);
      return job;
    });
  }

  /**
   * An attempt has failed; the job is queued again while it may be tried.
   *
   * @throws ProblemException conflict, if this attempt is not running any more
   */
  Views.Job fail(Attempt attempt, Failure failure) {
    return data.withSystem(db -> {
      int done = failed(db, attempt, failure);
      return demandDone(db, attempt, done);
    });
  }

  /** Fails attempts that have been running too long; returns the ids of their jobs. */
  List<String> releaseStuck() {
    return data.withSystem(db -> {
      List<Attempt> stuck =
          db.select(JOBS.ID, JOBS.ATTEMPTS)
              .from(JOBS)
              .where(JOBS.STATUS.eq(JobStatus.RUNNING))
              .and(JOBS.STARTED_AT.lt(clock.instant().minus(PATIENCE)))
              .orderBy(JOBS.STARTED_AT)
              .forUpdate()
              .skipLocked()
              .fetch(row -> new Attempt(row.value1(), row.value2()));
      Failure silence =
          new Failure(
              "TIMEOUT", "no answer within " + PATIENCE.toSeconds() + " s", Optional.empty(), true);
      stuck.forEach(attempt -> failed(db, attempt, silence));
      return stuck.stream().map(Attempt::id).toList();
    });
  }

  private int failed(DSLContext db, Attempt attempt, Failure failure) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("code", failure.code());
    detail.put("message", failure.message());
    failure.details().ifPresent(details -> detail.put("details", details));
    detail.put("timestamp", clock.instant().toString());
    detail.put("retryable", failure.retryable());
    int failed =
        db.update(JOBS)
            .set(JOBS.STATUS, JobStatus.FAILED)
            .set(JOBS.ERROR_DETAIL, JsonColumn.of(detail))
            .where(running(attempt))
            .execute();
    if (failed == 1 && failure.retryable() && attempt.number() < ATTEMPTS) {
      db.update(JOBS).set(JOBS.STATUS, JobStatus.QUEUED).where(JOBS.ID.eq(attempt.id())).execute();
    } else if (failed == 1) {
      follow(db, List.of(attempt.id()), ProjectStatus.PROCESSING, ProjectStatus.FAILED);
    }
    return failed;
  }

  private static Condition running(Attempt attempt) {
    return JOBS.ID
        .eq(attempt.id())
        .and(JOBS.STATUS.eq(JobStatus.RUNNING))
        .and(JOBS.ATTEMPTS.eq(attempt.number()));
  }

  private static void follow(
      DSLContext db, Collection<String> jobs, ProjectStatus from, ProjectStatus to) {
    db.update(PROJECTS)
        .set(PROJECTS.STATUS, to)
        .where(PROJECTS.ID.in(select(JOBS.PROJECT_ID).from(JOBS).where(JOBS.ID.in(jobs))))
        .and(PROJECTS.STATUS.eq(from))
        .execute();
  }

  private static Views.Job demandDone(DSLContext db, Attempt attempt, int done) {
    Views.Job job =
        db.select(ScopedJobs.COLUMNS)
            .from(JOBS)
            .where(JOBS.ID.eq(attempt.id()))
            .fetchOptional(ScopedJobs::view)
            .orElseThrow(() -> Unknown.row("job", attempt.id()));
    if (done == 0) {
      throw Problem.of(
              "EPIC_ATTEMPT",
              ProblemKind.CONFLICT,
              "attempt %d is not running; the job is %s after %d attempts"
                  .formatted(attempt.number(), job.status(), job.attempts()))
          .withRemedy("Drop this work and claim another job.")
          .exception();
    }
    return job;
  }
}
