package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.migrate.DeployPlan.Mode;
import dev.undercroft.migrate.DeployPlanner.Work;
import dev.undercroft.migrate.DeployResult.Applied;
import dev.undercroft.migrate.HistoryEntry.JournalEntry;
import dev.undercroft.migrate.HistoryEntry.Outcome;
import dev.undercroft.migrate.HistoryEntry.StatementOutcome;
import dev.undercroft.migrate.HistorySql.NewRow;
import dev.undercroft.migrate.MigrationStatus.Origin;
import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.TransactionRun.Durability;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.TransactionUse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Applies one migration statement by statement. A statement that a transaction can hold shares one
 * with its line of the journal, so its end is always known; before any other a line says that it
 * starts, and after a crash {@link MigrationSession#look} finds out what became of it.
 */
final class JournalStep {

  private static final Set<String> SETTINGS = Set.of("SET", "RESET");

  private final DeployContext context;
  private final Work work;
  private final List<Statement> statements;
  private final RunRules rules;
  private final List<String> notices = new ArrayList<>();
  private int attempts = 1;

  JournalStep(DeployContext context, Work work) {
    this.context = context;
    this.work = work;
    this.statements = work.parsed().statements();
    this.rules = work.parsed().rules(context.options(), context.options().owner());
  }

  Applied apply() {
    Instant started = context.clock().instant();
    long id = begin(started);
    int done = work.done();
    for (int i = done; i < statements.size(); i++) {
      context
          .progress()
          .report("%s: statement %d".formatted(work.file().name(), i + 1), i, statements.size());
      context.lock().check();
      if (!tookEffect(id, i)) {
        run(id, i);
      }
    }
    context
        .session()
        .write(List.of(context.sql().update(id, Outcome.APPLIED, statements.size(), "")));
    return new Applied(
        work.file().name(),
        statements.size() - done,
        attempts,
        Duration.between(started, context.clock().instant()),
        notices);
  }

  private long begin(Instant started) {
    List<String> writes = new ArrayList<>();
    Optional<HistoryEntry> row =
        work.row().filter(entry -> !entry.journal().isEmpty() || isRunning(entry));
    if (row.isPresent()) {
      long id = row.get().id();
      writes.add(context.sql().adopt(id, work.file(), statements.size()));
      writes.add(context.sql().update(id, Outcome.RUNNING, work.done(), ""));
      context.session().write(writes);
      return id;
    }
    work.row().ifPresent(old -> writes.add(context.sql().rollBack(old.name())));
    writes.add(
        context
            .sql()
            .insert(
                new NewRow(
                    work.file(),
                    Outcome.RUNNING,
                    Origin.DEPLOY,
                    Mode.JOURNAL,
                    statements.size(),
                    0,
                    "",
                    started,
                    context.author())));
    context.session().write(writes);
    String id =
        context.session().query(context.sql().selectId(work.file().name())).getFirst().get("id");
    return Long.parseLong(String.valueOf(id));
  }

  private static boolean isRunning(HistoryEntry entry) {
    return entry.outcome() == Outcome.RUNNING;
  }

  /** Whether an earlier attempt began this statement, and looking shows that it took effect. */
  private boolean tookEffect(long id, int index) {
    Optional<StatementOutcome> earlier =
        work.row().stream()
            .flatMap(entry -> entry.journal().stream())
            .filter(entry -> entry.ordinal() == index + 1)
            .map(JournalEntry::outcome)
            .findFirst();
    Statement statement = statements.get(index);
    boolean begun = earlier.filter(outcome -> outcome == StatementOutcome.STARTED).isPresent();
    if (!begun && (earlier.isEmpty() || !isAlone(statement))) {
      return false;
    }
    Verdict verdict = context.session().look(statement);
    if (begun && verdict.kind() == Verdict.Kind.UNKNOWN) {
      throw unknown(statement, verdict);
    }
    boolean half = verdict.kind() == Verdict.Kind.DONE && !verdict.repair().isEmpty();
    if (verdict.kind() != Verdict.Kind.DONE || !(begun || half)) {
      repair(statement, begun ? verdict.repair() : List.of());
      return false;
    }
    repair(statement, verdict.repair());
    context.session().write(done(id, index));
    notices.add(statement + ": took effect before the interruption: " + verdict.reason());
    return true;
  }

  private void run(long id, int index) {
    Statement statement = statements.get(index);
    boolean alone = isAlone(statement);
    for (int attempt = 1; ; attempt++) {
      try {
        RunReport report = alone ? runAlone(id, index) : runWithJournal(id, index);
        notices.addAll(report.notices());
        attempts = Math.max(attempts, attempt);
        return;
      } catch (StatementFailure failure) {
        boolean wrongWay = !alone && failure.error().reason() == Reason.NOT_IN_TRANSACTION;
        if (!wrongWay && !context.triesAgain(failure, attempt)) {
          throw failed(id, index, failure);
        }
        alone |= wrongWay;
        context.lock().check();
      }
    }
  }

  private RunReport runAlone(long id, int index) throws StatementFailure {
    repair(statements.get(index), context.session().repairs(statements.get(index)));
    context.session().write(List.of(journal(id, index, StatementOutcome.STARTED, "")));
    RunReport report = context.session().runAlone(statements.get(index), rules(index));
    context.session().write(done(id, index));
    return report;
  }

  private RunReport runWithJournal(long id, int index) throws StatementFailure {
    return context
        .session()
        .run(
            new TransactionRun(
                List.of(statements.get(index)), rules(index), done(id, index), Durability.NOW));
  }

  /** Settings before this statement hold for it, whichever attempt and session they ran in. */
  private RunRules rules(int index) {
    return rules.withSettings(
        statements.subList(0, index).stream()
            .filter(statement -> SETTINGS.contains(statement.command().name()))
            .toList());
  }

  private static boolean isAlone(Statement statement) {
    TransactionUse use = statement.command().use();
    return use == TransactionUse.OUTSIDE || use == TransactionUse.UNDECIDED;
  }

  private void repair(Statement statement, List<String> repairs) {
    for (String repair : repairs) {
      notices.add(statement + ": repaired first: " + repair);
      context.session().repair(repair);
    }
  }

  private List<String> done(long id, int index) {
    return List.of(
        journal(id, index, StatementOutcome.DONE, ""),
        context.sql().update(id, Outcome.RUNNING, index + 1, ""));
  }

  private String journal(long id, int index, StatementOutcome outcome, String error) {
    String checksum = SqlFile.checksum(statements.get(index).text());
    return context.sql().journal(id, new JournalEntry(index + 1, checksum, outcome), error);
  }

  private ProblemException failed(long id, int index, StatementFailure failure) {
    boolean lost = failure.error().reason() == Reason.CONNECTION_LOST;
    String remains =
        "%d of %d statements of this migration are done. Correct the cause, and run `undercroft"
                .formatted(index, statements.size())
            + " migrate deploy` again: it goes on here.";
    List<Problem> problems = new ArrayList<>();
    Problem problem =
        FailureReport.of(
                new StatementFailure(
                    failure.statement() < 0 ? failure.statement() : 0,
                    failure.offset(),
                    failure.error(),
                    failure),
                List.of(statements.get(index)),
                remains)
            .with("migration", work.file().name())
            .with("statement", index + 1);
    problems.add(problem);
    if (!lost) {
      context.record(
          List.of(
              journal(id, index, StatementOutcome.FAILED, problem.message()),
              context.sql().update(id, Outcome.FAILED, index, problem.message())),
          problems);
      cleanUp(statements.get(index), problems);
    }
    ProblemException exception = new ProblemException(problems);
    exception.initCause(failure);
    return exception;
  }

  /** What a failed statement left behind only costs; the next attempt would remove it too. */
  private void cleanUp(Statement statement, List<Problem> problems) {
    if (!isAlone(statement)) {
      return;
    }
    try {
      repair(statement, context.session().repairs(statement));
    } catch (ProblemException e) {
      problems.addAll(e.problems());
    }
  }

  private ProblemException unknown(Statement statement, Verdict verdict) {
    String name = work.file().name();
    return ParsedFile.about(
            "MIGRATE_OUTCOME_UNKNOWN",
            statement,
            "the deployer was interrupted while this statement ran, and nothing shows whether it"
                + " took effect",
            "Find out whether it did, then run `undercroft migrate resolve --statement-done "
                + name
                + "` or `undercroft migrate resolve --statement-not-done "
                + name
                + "`, and deploy again.")
        .with("reason", verdict.reason())
        .exception();
  }
}
