package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.StatementFailure.ServerError;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Position;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of a failed statement where it stands, what the server says, and what to do. Pure. */
final class FailureReport {

  private static final Map<Reason, String> CODES =
      Map.of(
          Reason.LOCKED, "MIGRATE_LOCK_TIMEOUT",
          Reason.TOO_LONG, "MIGRATE_STATEMENT_TIMEOUT",
          Reason.CONNECTION_LOST, "MIGRATE_CONNECTION_LOST",
          Reason.NOT_IN_TRANSACTION, "MIGRATE_NEEDS_NO_TRANSACTION");

  private FailureReport() {}

  /**
   * The problem.
   *
   * @param statements what was sent, in order
   * @param remains what of it is in the database now, and what to run next: the end of the remedy
   */
  static Problem of(StatementFailure failure, List<Statement> statements, String remains) {
    ServerError error = failure.error();
    Statement statement =
        failure.statement() < 0 ? statements.getLast() : statements.get(failure.statement());
    SqlSource source = statement.source();
    int offset = failure.offset().orElse(statement.span().start());
    Position at = source.at(offset);
    boolean lost = error.reason() == Reason.CONNECTION_LOST;
    String end = failure.statement() < 0 ? "at the end of the transaction: " : "";
    return Problem.of(
            CODES.getOrDefault(error.reason(), "MIGRATE_STATEMENT_FAILED"),
            lost ? ProblemKind.EXTERNAL : ProblemKind.CONFLICT,
            "%s:%d:%d: %s%s (SQLSTATE %s)"
                .formatted(
                    source.name(), at.line(), at.column(), end, error.message(), error.sqlState()))
        .withDetail(detail(error, Excerpt.of(source, offset)))
        .withRemedy((advice(error.reason()) + " " + remains).strip())
        .with("file", source.name())
        .with("line", at.line())
        .with("column", at.column())
        .with("sqlstate", error.sqlState());
  }

  private static String detail(ServerError error, String excerpt) {
    return Stream.of(excerpt, error.detail(), error.hint().isEmpty() ? "" : "Hint: " + error.hint())
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("\n"));
  }

  private static String advice(Reason reason) {
    return switch (reason) {
      case LOCKED -> "Find who holds the lock, or allow more time with -- undercroft:lock-timeout.";
      case TOO_LONG -> "Allow more time with -- undercroft:statement-timeout.";
      case CONNECTION_LOST -> "See that the server runs and is reached.";
      case NOT_IN_TRANSACTION ->
          "Write -- undercroft:no-transaction at the head of the file, alone in its line.";
      case EXISTS_ALREADY, REFUSED -> "";
    };
  }
}
