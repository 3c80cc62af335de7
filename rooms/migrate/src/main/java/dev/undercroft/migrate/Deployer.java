package dev.undercroft.migrate;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.DeployPlan.Mode;
import dev.undercroft.migrate.DeployPlanner.Planned;
import dev.undercroft.migrate.DeployPlanner.Work;
import dev.undercroft.migrate.DeployResult.Applied;
import dev.undercroft.migrate.HistorySql.Author;
import dev.undercroft.migrate.TransactionRun.Durability;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out deploy plans. A run of transactions is made safe on disk together, by its last one:
 * the write-ahead log is one sequence, so a crash can undo only an end of the run, each migration
 * with its row of the history; and before anything is returned or thrown, all of it is safe.
 */
final class Deployer {

  private final MigrationDialect dialect;
  private final MigrationOptions options;
  private final Clock clock;
  private final Pause pause;

  Deployer(MigrationDialect dialect, MigrationOptions options, Clock clock, Pause pause) {
    this.dialect = dialect;
    this.options = options;
    this.clock = clock;
    this.pause = pause;
  }

  /** Applies what is pending; the lock is held by the caller. */
  DeployResult deploy(DeployLock lock, MigrationFolder folder, Progress progress) {
    Instant began = clock.instant();
    progress.report("reading the history", 0, folder.files().size());
    History history = new HistoryReader(lock.session(), dialect).read(folder);
    Planned planned = new DeployPlanner(dialect, folder, history, options).plan();
    if (!planned.plan().blockers().isEmpty()) {
      throw new ProblemException(planned.plan().blockers());
    }
    if (!history.exists() && !planned.work().isEmpty()) {
      lock.session().write(dialect.history().create());
    }
    adopt(lock, folder, history);
    List<Applied> applied = applyAll(context(lock, progress), planned.work());
    return new DeployResult(
        dialect.target(),
        applied,
        planned.plan().alreadyApplied(),
        planned.plan().warnings(),
        Duration.between(began, clock.instant()));
  }

  /** What only stands for applied migrations is noted and not run. */
  private void adopt(DeployLock lock, MigrationFolder folder, History history) {
    List<MigrationFile> files = new Comparison(folder, history, options.late()).toAdopt();
    if (!files.isEmpty()) {
      Author author = new Author(DeployTurn.who(options), lock.session().serverVersion());
      lock.session()
          .write(new Correction(dialect, folder, history, author).adopt(files, clock.instant()));
    }
  }

  private DeployContext context(DeployLock lock, Progress progress) {
    return new DeployContext(
        lock,
        new HistorySql(dialect.history()),
        options,
        new Author(DeployTurn.who(options), lock.session().serverVersion()),
        clock,
        pause,
        progress);
  }

  private static List<Applied> applyAll(DeployContext context, List<Work> all) {
    List<Applied> applied = new ArrayList<>();
    boolean safe = true;
    try {
      for (int i = 0; i < all.size(); i++) {
        Work work = all.get(i);
        context.progress().report("applying " + work.file().name(), i, all.size());
        if (work.mode() == Mode.JOURNAL) {
          applied.add(new JournalStep(context, work).apply());
          safe = true;
        } else {
          boolean more = i + 1 < all.size() && all.get(i + 1).mode() == Mode.TRANSACTION;
          safe = !more;
          applied.add(
              new TransactionStep(context)
                  .apply(work, more ? Durability.WITH_THE_NEXT : Durability.NOW));
        }
        context.progress().report("applied " + work.file().name(), i + 1, all.size());
      }
      return applied;
    } catch (ProblemException e) {
      throw safe || applied.isEmpty() ? e : madeSafe(context, e);
    }
  }

  /** What was applied before a failure is told to be applied, so it must be safe on disk. */
  private static ProblemException madeSafe(DeployContext context, ProblemException told) {
    try {
      context.session().write(List.of(context.sql().touch()));
    } catch (ProblemException lost) {
      told.addSuppressed(lost);
    }
    return told;
  }
}
