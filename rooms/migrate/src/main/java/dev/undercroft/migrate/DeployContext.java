package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.HistorySql.Author;
import dev.undercroft.migrate.StatementFailure.Reason;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What the steps of one deploy share. For one thread.
 *
 * @param lock the lock that is held
 * @param sql the texts of the history
 * @param options how to deploy
 * @param author what all rows of this deploy say of it
 * @param clock the time as seen here
 * @param pause how to wait
 * @param progress who hears of it
 */
record DeployContext(
    DeployLock lock,
    HistorySql sql,
    MigrationOptions options,
    Author author,
    Clock clock,
    Pause pause,
    Progress progress) {

  MigrationSession session() {
    return lock.session();
  }

  /** Whether to try once more what could not get its locks; if so, has waited already. */
  boolean triesAgain(StatementFailure failure, int attempt) {
    boolean again = failure.error().reason() == Reason.LOCKED && attempt < options.lockAttempts();
    if (again) {
      pause.take(Pause.backOff(attempt, ThreadLocalRandom.current()));
    }
    return again;
  }

  /** Writes down a failure; when even that fails, that too is told. */
  void record(List<String> rows, List<Problem> problems) {
    try {
      session().write(rows);
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
  }
}
