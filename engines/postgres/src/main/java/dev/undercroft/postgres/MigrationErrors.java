package dev.undercroft.postgres;

import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.StatementFailure.ServerError;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Reads what the server says about a failed statement of a file. Stateless. */
final class MigrationErrors {

  private static final Set<String> LOCKED = Set.of("55P03", "40P01", "40001");
  private static final Set<String> EXISTS =
      Set.of("42P07", "42710", "42701", "42723", "42P06", "42P04", "42712");

  private MigrationErrors() {}

  static ServerError of(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    ServerErrorMessage server = serverMessage(failure);
    if (server == null) {
      return new ServerError(
          reason(state, ""), state, firstLine(String.valueOf(failure.getMessage())), "", "");
    }
    String message = firstLine(text(server.getMessage()));
    return new ServerError(
        reason(state, message), state, message, detail(state, server), text(server.getHint()));
  }

  static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
    return failure instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
  }

  /** Which character of what was sent the error is at, from 1; 0 when the server does not say. */
  static int position(SQLException failure) {
    ServerErrorMessage server = serverMessage(failure);
    return server == null ? 0 : server.getPosition();
  }

  private static Reason reason(String state, String message) {
    if (state.startsWith("08") || state.startsWith("57P")) {
      return Reason.CONNECTION_LOST;
    }
    if (LOCKED.contains(state)) {
      return Reason.LOCKED;
    }
    if (state.equals("57014")) {
      return message.contains("user request") ? Reason.REFUSED : Reason.TOO_LONG;
    }
    if (state.equals("25001")) {
      return Reason.NOT_IN_TRANSACTION;
    }
    return EXISTS.contains(state) ? Reason.EXISTS_ALREADY : Reason.REFUSED;
  }

  /** Details of a broken constraint hold the row; its name and its table are enough to find it. */
  private static String detail(String state, ServerErrorMessage server) {
    StringBuilder detail = new StringBuilder();
    if (state.startsWith("23")) {
      append(detail, "Table: ", server.getTable());
      append(detail, "Column: ", server.getColumn());
      append(detail, "Constraint: ", server.getConstraint());
    } else {
      append(detail, "", server.getDetail());
      append(detail, "In: ", server.getInternalQuery());
      append(detail, "Context: ", server.getWhere());
    }
    return detail.toString();
  }

  private static void append(StringBuilder detail, String label, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      detail.append(detail.isEmpty() ? "" : "\n").append(label).append(value);
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
