package dev.undercroft.migrate;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.MigrationDialect.Feature;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.TransactionUse;
import dev.undercroft.sql.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An SQL file cut into statements, with all that is wrong with it. Immutable.
 *
 * @param statements its statements in order
 * @param directives what it asks for
 * @param outside the first statement that no transaction can hold
 * @param problems what forbids to run it; empty when nothing does
 */
record ParsedFile(
    List<Statement> statements,
    Directives directives,
    Optional<Statement> outside,
    List<Problem> problems) {

  private static final Set<String> SESSION_STATE =
      Set.of("PRAGMA FOREIGN_KEYS", "ATTACH", "DETACH", "DISCARD ALL");

  ParsedFile {
    statements = List.copyOf(statements);
    problems = List.copyOf(problems);
  }

  static ParsedFile parse(String path, String text, MigrationDialect dialect) {
    Script script = Script.read(new SqlSource(path, text), dialect.sql());
    List<Problem> problems = new ArrayList<>(script.problems());
    List<Statement> statements = script.statements();
    if (problems.isEmpty() && statements.isEmpty()) {
      problems.add(
          Problem.of("MIGRATE_FILE_EMPTY", ProblemKind.INPUT, path + " holds no statement")
              .withRemedy("Write its statements, or delete it; restore it if it was cut."));
    } else if (problems.isEmpty() && !statements.getLast().ended()) {
      problems.add(notEnded(statements.getLast()));
    }
    Directives directives = Directives.read(script, problems);
    if (directives.foreignKeysOff() && !dialect.supports(Feature.FOREIGN_KEYS_SWITCH)) {
      problems.add(
          Unsupported.problem(dialect, "the directive foreign-keys in " + path)
              .withRemedy("Make the foreign keys DEFERRABLE, and delete the directive."));
    }
    Optional<Statement> outside =
        statements.stream().filter(s -> s.command().use() == TransactionUse.OUTSIDE).findFirst();
    ParsedFile file = new ParsedFile(statements, directives, outside, List.of());
    for (Statement statement : statements) {
      file.check(statement).ifPresent(problems::add);
    }
    return new ParsedFile(statements, directives, outside, problems);
  }

  /** Whether it runs statement by statement, each journalled. */
  boolean journalled() {
    return directives.noTransaction() || outside.isPresent();
  }

  /** Why it runs as it does, for people; empty text for a plain transaction. */
  String reason() {
    if (directives.noTransaction()) {
      return "the file says no-transaction";
    }
    return outside
        .map(s -> s.command().name() + " cannot run in a transaction (" + s + ")")
        .orElse("");
  }

  private Optional<Problem> check(Statement statement) {
    TransactionUse use = statement.command().use();
    if (use == TransactionUse.CONTROL) {
      return Optional.of(
          about(
              "MIGRATE_TRANSACTION_CONTROL",
              statement,
              statement.command().name() + " stands in a file that is run in transactions of ours",
              "Delete it: a file is one transaction, unless it says -- undercroft:no-transaction."));
    }
    if (use == TransactionUse.ONLY_INSIDE && journalled()) {
      return Optional.of(
          about(
              "MIGRATE_TRANSACTION_CONTROL",
              statement,
              statement.command().name() + " has no effect here, because " + reason(),
              "Move it, with what it is for, into a migration of its own."));
    }
    return SESSION_STATE.contains(statement.command().name())
        ? Optional.of(sessionState(statement))
        : Unresumable.check(statement);
  }

  /** What a later attempt, in another session, would go on without. */
  private static Problem sessionState(Statement statement) {
    boolean keys = statement.command().name().equals("PRAGMA FOREIGN_KEYS");
    return about(
        "MIGRATE_SESSION_STATE",
        statement,
        statement.command().name() + " changes the session, which ends when a deploy is cut off",
        keys
            ? "Write -- undercroft:foreign-keys off at the head of the file: it holds for the whole"
                + " file, and the keys are checked at its end."
            : "Put what needs it into a program of your own.");
  }

  private static Problem notEnded(Statement last) {
    return about(
        "MIGRATE_STATEMENT_NOT_ENDED",
        last,
        "the last statement has no semicolon",
        "End it with a semicolon, or restore the file if its end was cut off.");
  }

  static Problem about(String code, Statement statement, String message, String remedy) {
    return Problem.of(code, ProblemKind.INPUT, statement + ": " + message)
        .withDetail(Excerpt.of(statement.source(), statement.span().start()))
        .withRemedy(remedy)
        .with("file", statement.source().name())
        .with("line", statement.position().line());
  }

  /** The rules its statements run under. */
  RunRules rules(MigrationOptions options, Optional<Identifier> owner) {
    return new RunRules(
        directives.lockTimeout().orElse(options.lockTimeout()),
        directives.statementTimeout().orElse(options.statementTimeout()),
        owner,
        false,
        directives.foreignKeysOff(),
        List.of());
  }

  /** Statements whose outcome nobody could find out after a crash, and which need not be so. */
  private static final class Unresumable {

    private Unresumable() {}

    static Optional<Problem> check(Statement statement) {
      boolean unnamed =
          statement.dialect() == Dialect.POSTGRESQL
              && statement.command().name().equals("CREATE INDEX CONCURRENTLY")
              && hasNoName(statement);
      return unnamed
          ? Optional.of(
              about(
                  "MIGRATE_INDEX_WITHOUT_NAME",
                  statement,
                  "an index that is built concurrently needs a name",
                  "Write CREATE INDEX CONCURRENTLY name ON …: only by its name can a build that"
                      + " was interrupted be found and repaired."))
          : Optional.empty();
    }

    private static boolean hasNoName(Statement statement) {
      Words words = new Words(statement.source().text(), statement.tokens());
      return words.skipTo("concurrently") && words.take("on");
    }
  }
}
