package dev.undercroft.postgres;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says why a statement failed, with names of objects and never with values: the server's details of
 * a broken constraint hold the row.
 */
final class StatementDiagnosis {

  private StatementDiagnosis() {}

  /** Whether the connection broke, rather than a statement. */
  static boolean isOfConnection(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
  }

  static Problem of(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    @Nullable ServerErrorMessage server =
        failure instanceof PSQLException driver ? driver.getServerErrorMessage() : null;
    Problem problem = byState(state, server);
    return problem.with("sqlstate", state);
  }

  private static Problem forbidden(@Nullable ServerErrorMessage server) {
    return Problem.of(
            "POSTGRES_FORBIDDEN",
            ProblemKind.FORBIDDEN,
            "the role may not do this: " + text(server))
        .withRemedy("Grant the right, or use the role that has it.");
  }

  private static Problem byState(String state, @Nullable ServerErrorMessage server) {
    return switch (state) {
      case "23505" -> constraint("POSTGRES_NOT_UNIQUE", "breaks the unique constraint", server);
      case "23503", "23001" -> constraint("POSTGRES_FOREIGN_KEY", "breaks the foreign key", server);
      case "23514" -> constraint("POSTGRES_CHECK", "breaks the check", server);
      case "23P01" -> constraint("POSTGRES_EXCLUSION", "breaks the exclusion", server);
      case "23502" ->
          Problem.of(
              "POSTGRES_NOT_NULL",
              ProblemKind.CONFLICT,
              "the statement gives no value to " + column(server));
      case "40001", "40P01" ->
          Problem.of(
                  "POSTGRES_SERIALIZATION",
                  ProblemKind.CONFLICT,
                  "the transaction collided with another one")
              .withRemedy("Run it again.");
      case "57014" ->
          Problem.of("POSTGRES_CANCELED", ProblemKind.EXTERNAL, "the statement was canceled")
              .withRemedy("It ran longer than statement_timeout allows, or someone canceled it.");
      case "55P03" ->
          Problem.of("POSTGRES_LOCKED", ProblemKind.CONFLICT, "a lock was not to be had in time")
              .withRemedy("Try again when the transaction that holds it has ended.");
      case "25006" ->
          Problem.of(
                  "POSTGRES_READ_ONLY",
                  ProblemKind.CONFLICT,
                  "a writing statement in a transaction or on a server that only reads")
              .withRemedy("Write in a writing transaction, on the primary.");
      case "42501" -> forbidden(server);
      case "53100" ->
          Problem.of("POSTGRES_DISK_FULL", ProblemKind.EXHAUSTED, "the disk of the server is full")
              .withRemedy("Free space where its data directory is, then try again.");
      default -> byClass(state, server);
    };
  }

  private static Problem byClass(String state, @Nullable ServerErrorMessage server) {
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "42", "3F", "0A" ->
          Problem.of(
              "POSTGRES_WRONG_STATEMENT",
              ProblemKind.INTERNAL,
              "the statement is wrong: " + text(server));
      case "22" ->
          Problem.of(
              "POSTGRES_WRONG_VALUE", ProblemKind.INPUT, "a value does not fit its type or range");
      case "53" ->
          Problem.of(
              "POSTGRES_EXHAUSTED", ProblemKind.EXHAUSTED, "the server has no resources left");
      default ->
          Problem.of(
              "POSTGRES_STATEMENT_FAILED",
              ProblemKind.EXTERNAL,
              "the statement failed with SQLSTATE " + state);
    };
  }

  private static Problem constraint(String code, String what, @Nullable ServerErrorMessage server) {
    @Nullable String name = server == null ? null : server.getConstraint();
    String named = name == null ? "" : " " + name;
    String table = server == null ? "" : " of the table " + server.getTable();
    Problem problem =
        Problem.of(code, ProblemKind.CONFLICT, "the statement " + what + named + table);
    return name == null ? problem : problem.with("constraint", name);
  }

  private static String column(@Nullable ServerErrorMessage server) {
    return server == null ? "a column" : server.getTable() + "." + server.getColumn();
  }

  /** Only for states whose message names objects and no values. */
  private static String text(@Nullable ServerErrorMessage server) {
    return server == null ? "no message" : String.valueOf(server.getMessage());
  }
}
