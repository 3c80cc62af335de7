package dev.undercroft.pgddl;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries a plan out on one connection, batch by batch. After a failure the batches before it
 * stand; a new plan made from the database as it is then goes on from there. Used once.
 */
public final class PlanRunner {

  /** SQLSTATE of a lock that was not to be had in time, and of a deadlock. */
  private static final Set<String> LOCKED = Set.of("55P03", "40P01");

  /** SQLSTATE {@code query_canceled}. */
  private static final String CANCELED = "57014";

  /** The server ends a step by itself when nobody waits for it any more. */
  private static final String END_WITH_US = "SET client_connection_check_interval = '1s'";

  private static final long LONGEST_PAUSE = 10_000;

  private final Connection connection;
  private final Plan plan;
  private final Patience patience;
  private final Progress progress;
  private @Nullable Duration lock;
  private @Nullable Duration time;
  private @Nullable Gauge gauge;
  private long done;

  private PlanRunner(Connection connection, Plan plan, Patience patience, Progress progress) {
    this.connection = connection;
    this.plan = plan;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Runs all steps.
   *
   * @param connection in auto-commit mode; left in it
   * @throws dev.undercroft.base.ProblemException naming the step that the server refused
   */
  public static void run(Connection connection, Plan plan, Patience patience, Progress progress) {
    new PlanRunner(connection, plan, patience, progress).run();
  }

  /**
   * Runs all steps on a copy that nobody else uses, and watches them.
   *
   * @param connection in auto-commit mode; left in it
   * @return the plan, with the locks that were taken and the work that was done
   * @throws dev.undercroft.base.ProblemException naming the step that the server refused
   */
  public static Plan measure(Connection connection, Plan plan) {
    PlanRunner runner = new PlanRunner(connection, plan, Patience.ENDLESS, Progress.NONE);
    try {
      Gauge gauge = new Gauge(connection);
      runner.gauge = gauge;
      runner.run();
      return new Plan(gauge.measured(), plan.beforeFingerprint(), plan.afterFingerprint());
    } catch (SQLException e) {
      throw refused("the plan was interrupted", e);
    }
  }

  private void run() {
    try {
      for (String setting : PostgresDialect.SESSION) {
        execute(setting);
      }
      endWithUs();
      for (List<Step> batch : plan.batches()) {
        patiently(batch);
        done += batch.size();
        progress.report(batch.getLast().subject().toString(), done, plan.steps().size());
      }
      execute("RESET lock_timeout");
      execute("RESET statement_timeout");
    } catch (SQLException e) {
      throw refused("the plan was interrupted", e);
    }
  }

  /** Not every system that a server runs on can tell. */
  private void endWithUs() {
    try {
      execute(END_WITH_US);
    } catch (SQLException unable) {
      System.getLogger("undercroft.pgddl")
          .log(System.Logger.Level.DEBUG, "the server does not watch its clients", unable);
    }
  }

  private void patiently(List<Step> batch) throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        run(batch);
        return;
      } catch (Refusal e) {
        boolean locked = LOCKED.contains(e.state());
        boolean again = batch.getFirst().transaction() != Transaction.OUTSIDE;
        if (!locked || !again || attempt == patience.attempts()) {
          throw told(e, attempt);
        }
        progress.report("waiting for " + e.step.subject(), done, plan.steps().size());
        pause(attempt);
      }
    }
  }

  /** Doubles, and differs, so that two who wait do not meet again. */
  private static void pause(int attempt) {
    long most = Math.min(LONGEST_PAUSE, 200L << Math.min(attempt, 10));
    long now = System.nanoTime();
    long end = now + ThreadLocalRandom.current().nextLong(most / 2, most + 1) * 1_000_000;
    while (now < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - now);
      now = System.nanoTime();
    }
  }

  private void run(List<Step> batch) throws SQLException, Refusal {
    boolean outside = batch.getFirst().transaction() == Transaction.OUTSIDE;
    if (!outside) {
      connection.setAutoCommit(false);
    }
    boolean committed = outside;
    try {
      if (gauge != null) {
        gauge.begin();
      }
      for (Step step : batch) {
        one(step);
        if (gauge != null) {
          gauge.stepped(step);
        }
      }
      if (!outside) {
        connection.commit();
        committed = true;
      }
    } finally {
      if (!committed) {
        // What was set inside goes with the transaction.
        lock = null;
        time = null;
      }
      if (!outside) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }

  private void one(Step step) throws SQLException, Refusal {
    Duration locking = patience.lockFor(step);
    if (!locking.equals(lock)) {
      execute("SET lock_timeout = " + locking.toMillis());
      lock = locking;
    }
    Duration running = patience.timeFor(step);
    if (!running.equals(time)) {
      execute("SET statement_timeout = " + running.toMillis());
      time = running;
    }
    try {
      execute(step.sql());
    } catch (SQLException e) {
      throw new Refusal(step, e);
    }
  }

  private RuntimeException told(Refusal refusal, int attempts) {
    String what = refusal.step.subject() + ": " + refusal.step.sql();
    if (LOCKED.contains(refusal.state())) {
      return Problem.of("PGDDL_LOCKED", ProblemKind.CONFLICT, what)
          .withDetail(
              "Its lock (%s) was not free, tried %d times.%s"
                  .formatted(refusal.step.lock().words(), attempts, Holders.of(connection)))
          .withRemedy(
              "End what holds it, or give --lock-timeout more time, and apply again: the steps"
                  + " before this one stand, and the next plan goes on from there.")
          .exception(refusal.cause);
    }
    if (CANCELED.equals(refusal.state()) && !patience.timeFor(refusal.step).isZero()) {
      return Problem.of("PGDDL_TOO_LONG", ProblemKind.CONFLICT, what)
          .withDetail(
              "It was stopped after %d seconds."
                  .formatted(patience.timeFor(refusal.step).toSeconds()))
          .withRemedy(
              "Give --statement-timeout (or, where others wait for the step, --lock-timeout) more"
                  + " time, and apply again: the steps before this one stand.")
          .exception(refusal.cause);
    }
    return refused(what, refusal.cause);
  }

  private static RuntimeException refused(String what, SQLException e) {
    return Problem.of("PGDDL_STEP_REFUSED", ProblemKind.CONFLICT, what)
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy(
            "Correct what the server names and apply again: the steps before this one stand, and"
                + " the next plan goes on from there.")
        .exception(e);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  /** A step that the server refused. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Step step;
    private final SQLException cause;

    Refusal(Step step, SQLException cause) {
      super(cause);
      this.step = step;
      this.cause = cause;
    }

    String state() {
      return String.valueOf(cause.getSQLState());
    }
  }
}
