package dev.undercroft.sqlite;

import dev.undercroft.migrate.StatementFailure;
import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.StatementFailure.ServerError;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads what SQLite says about a failed statement of a file. Stateless. */
public final class SqliteErrors {

  /** {@code [SQLITE_ERROR] SQL error or missing database (near "x": syntax error)}. */
  private static final Pattern WRAPPED =
      Pattern.compile("\\[\\w+] [^(]*\\((.*)\\)", Pattern.DOTALL);

  private static final Pattern PLACE =
      Pattern.compile("near \"(.+?)\"|no such (?:table|column|function|index): (\\S+)");

  private SqliteErrors() {}

  static boolean isBusy(SQLException failure) {
    int code = failure.getErrorCode() & 0xFF;
    return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
  }

  static StatementFailure failure(int number, Statement statement, SQLException cause) {
    ServerError error = error(cause);
    return new StatementFailure(number, place(statement, error.message()), error, cause);
  }

  static ServerError error(SQLException cause) {
    String code =
        cause instanceof SQLiteException ours ? ours.getResultCode().name() : "SQLITE_ERROR";
    String plain = message(cause);
    return new ServerError(reason(cause, plain), code, plain, "", "");
  }

  /** What SQLite says, without what the driver puts around it. */
  public static String message(SQLException cause) {
    String message = String.valueOf(cause.getMessage());
    Matcher wrapped = WRAPPED.matcher(message);
    return wrapped.matches() ? wrapped.group(1) : message;
  }

  private static Reason reason(SQLException cause, String message) {
    if (isBusy(cause)) {
      return Reason.LOCKED;
    }
    return message.contains("already exists") ? Reason.EXISTS_ALREADY : Reason.REFUSED;
  }

  /**
   * Where in its source SQLite stumbled: it names the word, which is the place when the statement
   * has it once.
   *
   * @param message what {@link #message} gives
   */
  public static OptionalInt place(Statement statement, String message) {
    Matcher matcher = PLACE.matcher(message);
    if (!matcher.find()) {
      return OptionalInt.empty();
    }
    String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    List<Token> found =
        statement.tokens().stream()
            .filter(token -> token.in(statement.source().text()).equalsIgnoreCase(word))
            .toList();
    return found.size() == 1 ? OptionalInt.of(found.getFirst().start()) : OptionalInt.empty();
  }
}
