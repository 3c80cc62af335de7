package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployPlan.Mode;
import dev.undercroft.migrate.HistoryEntry.JournalEntry;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistoryEntry.StatementOutcome;
import dev.undercroft.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Computes from files, history and options what a deploy will do. Pure. */
final class DeployPlanner {

  private final MigrationDialect dialect;
  private final History history;
  private final Comparison comparison;
  private final List<Problem> blockers = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  DeployPlanner(
      MigrationDialect dialect, MigrationFolder folder, History history, MigrationOptions options) {
    this.dialect = dialect;
    this.history = history;
    this.comparison = new Comparison(folder, history, options.late());
  }

  /** The plan, and the work behind each of its steps. */
  record Planned(DeployPlan plan, List<Work> work) {}

  /**
   * One migration to apply.
   *
   * @param file its file
   * @param parsed its statements
   * @param mode how it is carried out
   * @param row what the history has of an earlier attempt
   */
  record Work(MigrationFile file, ParsedFile parsed, Mode mode, Optional<HistoryEntry> row) {

    /** How many of its statements are done already. */
    int done() {
      return mode == Mode.TRANSACTION
          ? 0
          : (int)
              row.stream()
                  .flatMap(entry -> entry.journal().stream())
                  .filter(statement -> statement.outcome() == StatementOutcome.DONE)
                  .count();
    }
  }

  Planned plan() {
    blockers.addAll(comparison.blockers());
    for (MigrationFile file : comparison.toAdopt()) {
      warnings.add(
          Problem.of(
                  "MIGRATE_ADOPTED",
                  ProblemKind.CONFLICT,
                  "'%s' is noted as applied and does not run: what it stands for is applied"
                      .formatted(file.name()))
              .with("migration", file.name()));
    }
    List<Work> work = new ArrayList<>();
    List<DeployPlan.Step> steps = new ArrayList<>();
    for (MigrationFile file : comparison.toApply()) {
      if (history.find(file.name()).filter(r -> r.outcome() == Outcome.APPLIED).isPresent()) {
        continue;
      }
      Work next = work(file);
      work.add(next);
      steps.add(step(next));
    }
    DeployPlan plan =
        new DeployPlan(dialect.target(), steps, blockers, warnings, history.applied().size());
    return new Planned(plan, work);
  }

  private Work work(MigrationFile file) {
    ParsedFile parsed = ParsedFile.parse(file.path(), file.text(), dialect);
    blockers.addAll(parsed.problems());
    Optional<HistoryEntry> row = history.find(file.name());
    boolean begun = row.filter(entry -> !entry.journal().isEmpty()).isPresent();
    Mode mode = parsed.journalled() || begun ? Mode.JOURNAL : Mode.TRANSACTION;
    if (comparison.isLate(file)) {
      warnings.add(
          Problem.of(
                  "MIGRATE_LATE",
                  ProblemKind.CONFLICT,
                  "'%s' is applied after version %d"
                      .formatted(file.name(), history.highestVersion()))
              .with("migration", file.name()));
    }
    row.ifPresent(entry -> checkDoneStatements(file, parsed, entry));
    return new Work(file, parsed, mode, row);
  }

  /** What is done must be what the file still says, else nobody knows what the database holds. */
  private void checkDoneStatements(MigrationFile file, ParsedFile parsed, HistoryEntry row) {
    for (JournalEntry entry : row.journal()) {
      boolean settled = entry.outcome() != StatementOutcome.FAILED;
      if (settled && !matches(entry, parsed.statements())) {
        blockers.add(
            Problem.of(
                    "MIGRATE_DONE_STATEMENT_CHANGED",
                    ProblemKind.CONFLICT,
                    "'%s' is half applied, and its statement %d is not the one that ran"
                        .formatted(file.name(), entry.ordinal()))
                .withDetail(row.body().map(b -> LineDifference.of(b, file.text())).orElse(""))
                .withRemedy(
                    "Restore the statements that ran and correct only the rest. Or undo by hand"
                        + " what is done, and run `undercroft migrate resolve --rolled-back "
                        + file.name()
                        + "`.")
                .with("migration", file.name()));
        return;
      }
    }
  }

  private static boolean matches(JournalEntry entry, List<Statement> statements) {
    return entry.ordinal() <= statements.size()
        && SqlFile.checksum(statements.get(entry.ordinal() - 1).text()).equals(entry.checksum());
  }

  private DeployPlan.Step step(Work work) {
    List<String> statements = work.parsed().statements().stream().map(Statement::text).toList();
    int done = Math.min(work.done(), statements.size());
    return new DeployPlan.Step(
        work.file().name(),
        work.mode(),
        work.mode() == Mode.JOURNAL ? reason(work) : "",
        statements.subList(done, statements.size()),
        done,
        comparison.isLate(work.file()));
  }

  private static String reason(Work work) {
    String reason = work.parsed().reason();
    return reason.isEmpty() ? "an earlier attempt ran it statement by statement" : reason;
  }
}
