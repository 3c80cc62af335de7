package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.DeployPlan.Mode;
import dev.undercroft.migrate.DeployPlanner.Work;
import dev.undercroft.migrate.DeployResult.Applied;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistorySql.NewRow;
import dev.undercroft.migrate.MigrationStatus.Origin;
import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.TransactionRun.Durability;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Applies one migration in one transaction together with its row of the history. */
final class TransactionStep {

  private final DeployContext context;

  TransactionStep(DeployContext context) {
    this.context = context;
  }

  Applied apply(Work work, Durability durability) {
    RunRules rules = work.parsed().rules(context.options(), context.options().owner());
    for (int attempt = 1; ; attempt++) {
      context.lock().check();
      Instant started = context.clock().instant();
      try {
        RunReport report =
            context
                .session()
                .run(
                    new TransactionRun(
                        work.parsed().statements(), rules, applied(work, started), durability));
        return new Applied(
            work.file().name(),
            work.parsed().statements().size(),
            attempt,
            Duration.between(started, context.clock().instant()),
            report.notices());
      } catch (StatementFailure failure) {
        if (!context.triesAgain(failure, attempt)) {
          throw failed(work, failure, started);
        }
      }
    }
  }

  private List<String> applied(Work work, Instant started) {
    return rows(work, Outcome.APPLIED, "", started);
  }

  private List<String> rows(Work work, Outcome outcome, String error, Instant started) {
    List<String> rows = new ArrayList<>();
    if (work.row().isPresent()) {
      rows.add(context.sql().rollBack(work.file().name()));
    }
    int all = work.parsed().statements().size();
    rows.add(
        context
            .sql()
            .insert(
                new NewRow(
                    work.file(),
                    outcome,
                    Origin.DEPLOY,
                    Mode.TRANSACTION,
                    all,
                    outcome == Outcome.APPLIED ? all : 0,
                    error,
                    started,
                    context.author())));
    return rows;
  }

  private ProblemException failed(Work work, StatementFailure failure, Instant started) {
    boolean lost = failure.error().reason() == Reason.CONNECTION_LOST;
    String remains =
        lost
            ? "The migration is in the database whole or not at all; run `undercroft migrate"
                + " deploy` again, it will see."
            : "Nothing of this migration is in the database. Correct the cause, and run"
                + " `undercroft migrate deploy` again.";
    List<Problem> problems = new ArrayList<>();
    problems.add(
        FailureReport.of(failure, work.parsed().statements(), remains)
            .with("migration", work.file().name()));
    if (failure.error().reason() == Reason.EXISTS_ALREADY) {
      context.session().foreignHistory().ifPresent(table -> problems.add(otherTool(table)));
    }
    if (!lost) {
      context.record(rows(work, Outcome.FAILED, problems.getFirst().message(), started), problems);
    }
    ProblemException exception = new ProblemException(problems);
    exception.initCause(failure);
    return exception;
  }

  private static Problem otherTool(String table) {
    return Problem.of(
            "MIGRATE_OTHER_HISTORY",
            ProblemKind.CONFLICT,
            "another tool has deployed to this database: there is a table " + table)
        .withRemedy(
            "If the migrations it applied are the ones here, run `undercroft migrate baseline`.");
  }
}
