package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.migrate.TransactionRun.Durability;
import dev.undercroft.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Undoes migrations by what somebody wrote down for it. */
final class Undoer {

  private final MigrationDialect dialect;
  private final MigrationOptions options;
  private final Clock clock;

  Undoer(MigrationDialect dialect, MigrationOptions options, Clock clock) {
    this.dialect = dialect;
    this.options = options;
    this.clock = clock;
  }

  /** How many are to be undone, or the one that stays the latest. */
  record Range(int count, Optional<String> lastThatStays) {}

  DownPlan plan(MigrationFolder folder, History history, Range range) {
    List<HistoryEntry> latestFirst =
        history.applied().stream()
            .sorted(Comparator.comparingLong(HistoryEntry::version).reversed())
            .toList();
    List<Problem> blockers = new ArrayList<>();
    List<DownPlan.Step> steps = new ArrayList<>();
    for (HistoryEntry row : chosen(latestFirst, range, folder)) {
      Optional<ParsedFile> down = parse(folder, row, blockers);
      steps.add(
          new DownPlan.Step(
              row.name(),
              down.stream()
                  .flatMap(file -> file.statements().stream())
                  .map(Statement::text)
                  .toList()));
    }
    return new DownPlan(dialect.target(), steps, blockers);
  }

  private static List<HistoryEntry> chosen(
      List<HistoryEntry> latestFirst, Range range, MigrationFolder folder) {
    if (range.lastThatStays().isEmpty()) {
      return latestFirst.subList(0, Math.min(range.count(), latestFirst.size()));
    }
    String stays = range.lastThatStays().get();
    for (int i = 0; i < latestFirst.size(); i++) {
      if (latestFirst.get(i).name().equals(stays)) {
        return latestFirst.subList(0, i);
      }
    }
    throw Problem.of("MIGRATE_NOT_APPLIED", ProblemKind.NOT_FOUND, "'" + stays + "' is not applied")
        .withRemedy("Name an applied migration." + folder.didYouMean(stays))
        .exception();
  }

  private Optional<ParsedFile> parse(
      MigrationFolder folder, HistoryEntry row, List<Problem> blockers) {
    Optional<MigrationFile> file = folder.find(row.name());
    Optional<SqlFile> down = file.flatMap(MigrationFile::down);
    if (file.isPresent() && !file.get().checksum().equals(row.checksum())) {
      blockers.add(
          blocker(row, "its file has changed since it was applied", "Restore the file first."));
    }
    if (down.isEmpty()) {
      blockers.add(
          blocker(
              row,
              "nothing says how",
              "Write what undoes it into down.sql beside its migration.sql, or write a new"
                  + " migration that does."));
      return Optional.empty();
    }
    ParsedFile parsed = ParsedFile.parse(down.get().path(), down.get().text(), dialect);
    blockers.addAll(parsed.problems());
    if (parsed.journalled()) {
      blockers.add(
          blocker(
              row,
              "its down.sql cannot run in one transaction: " + parsed.reason(),
              "Write a new migration that undoes it."));
    }
    return Optional.of(parsed);
  }

  private static Problem blocker(HistoryEntry row, String why, String remedy) {
    return Problem.of(
            "MIGRATE_NO_WAY_DOWN",
            ProblemKind.CONFLICT,
            "'" + row.name() + "' cannot be undone: " + why)
        .withRemedy(remedy)
        .with("migration", row.name());
  }

  /** Undoes what was planned; the lock is held by the caller. */
  DownResult down(DeployLock lock, MigrationFolder folder, DownPlan plan, Progress progress) {
    if (!plan.blockers().isEmpty()) {
      throw new ProblemException(plan.blockers());
    }
    Instant began = clock.instant();
    HistorySql sql = new HistorySql(dialect.history());
    List<String> undone = new ArrayList<>();
    for (DownPlan.Step step : plan.steps()) {
      progress.report("undoing " + step.migration(), undone.size(), plan.steps().size());
      lock.check();
      undo(lock, folder, step, sql);
      undone.add(step.migration());
    }
    return new DownResult(dialect.target(), undone, Duration.between(began, clock.instant()));
  }

  private void undo(DeployLock lock, MigrationFolder folder, DownPlan.Step step, HistorySql sql) {
    SqlFile file = folder.find(step.migration()).flatMap(MigrationFile::down).orElseThrow();
    ParsedFile parsed = ParsedFile.parse(file.path(), file.text(), dialect);
    TransactionRun run =
        new TransactionRun(
            parsed.statements(),
            parsed.rules(options, options.owner()),
            List.of(sql.rollBack(step.migration())),
            Durability.NOW);
    try {
      lock.session().run(run);
    } catch (StatementFailure failure) {
      throw FailureReport.of(
              failure,
              parsed.statements(),
              "'" + step.migration() + "' is still applied; correct its down.sql.")
          .exception(failure);
    }
  }
}
