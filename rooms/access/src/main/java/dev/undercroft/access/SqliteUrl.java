package dev.undercroft.access;

import dev.undercroft.access.SqliteAddress.Mode;
import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Reads one SQLite URL and collects what is wrong with it. Used once. */
final class SqliteUrl {

  private static final String MEMORY = ":memory:";
  private static final List<String> PARAMETERS =
      List.of("mode", "busy_timeout", "socket_timeout", "connection_limit", "cache");

  private final List<Problem> problems = new ArrayList<>();
  private Mode mode = Mode.CREATE;
  private Duration busyTimeout = SqliteAddress.DEFAULT_BUSY_TIMEOUT;
  private OptionalInt connectionLimit = OptionalInt.empty();

  private SqliteUrl() {}

  /**
   * Reads what follows the scheme.
   *
   * @throws ProblemException with all problems
   */
  static SqliteAddress parse(String body, Path base) {
    SqliteUrl url = new SqliteUrl();
    SqliteAddress address = url.read(body, base);
    if (!url.problems.isEmpty()) {
      throw new ProblemException(url.problems);
    }
    return address;
  }

  private SqliteAddress read(String body, Path base) {
    int question = body.indexOf('?');
    String query = question < 0 ? "" : body.substring(question + 1);
    for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      parameter(
          equals < 0 ? pair : pair.substring(0, equals),
          equals < 0 ? "" : pair.substring(equals + 1));
    }
    Path file = file(question < 0 ? body : body.substring(0, question), base);
    return new SqliteAddress(file, mode, busyTimeout, connectionLimit);
  }

  private Path file(String text, Path base) {
    String path = text.startsWith("//") ? text.substring(2) : text;
    if (path.equals(MEMORY)) {
      mode = Mode.MEMORY;
      return Path.of("memory");
    }
    String decoded = UrlText.decode(path).orElse("");
    if (decoded.isEmpty() || decoded.endsWith("/")) {
      problem(
          "ACCESS_URL_NO_FILE",
          "the database URL names no file",
          "Write the path of a file: sqlite:data/dev.db, or sqlite::memory:.");
      return base;
    }
    try {
      return base.resolve(decoded).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      problem(
          "ACCESS_URL_NO_FILE",
          "'" + decoded + "' is no path of a file",
          "Write a path of a file.");
      return base;
    }
  }

  private void parameter(String name, String value) {
    switch (name) {
      case "mode" -> mode(value);
      case "cache" -> cache(value);
      case "busy_timeout" -> busyTimeout = Duration.ofMillis(number(name, value, 0));
      case "socket_timeout" -> busyTimeout = Duration.ofSeconds(number(name, value, 0));
      case "connection_limit" -> connectionLimit = OptionalInt.of(number(name, value, 1));
      default ->
          problem(
              "ACCESS_URL_PARAMETER_UNKNOWN",
              "the database URL has the unknown parameter '" + name + "'",
              Nearest.to(name, PARAMETERS)
                  .map(nearest -> "Did you mean " + nearest + "?")
                  .orElse("Remove it; known are: " + String.join(", ", PARAMETERS) + "."));
    }
  }

  private void mode(String value) {
    switch (value) {
      case "ro" -> mode = Mode.READ_ONLY;
      case "rw" -> mode = Mode.READ_WRITE;
      case "rwc" -> mode = Mode.CREATE;
      case "memory" -> mode = Mode.MEMORY;
      default -> wrong("mode", value, "ro, rw, rwc or memory");
    }
  }

  /** A shared cache is only a way to share memory; each address in memory is shared anyway. */
  private void cache(String value) {
    if (!value.equals("private") && !value.equals("shared")) {
      wrong("cache", value, "private or shared");
    }
  }

  private int number(String name, String value, int least) {
    if (value.matches("\\d{1,9}") && Integer.parseInt(value) >= least) {
      return Integer.parseInt(value);
    }
    wrong(name, value, "a whole number of at least " + least);
    return least;
  }

  private void wrong(String name, String value, String expectation) {
    problem(
        "ACCESS_URL_PARAMETER_VALUE",
        "the parameter " + name + " of the database URL is '" + value + "'",
        "It must be " + expectation + ".");
  }

  private void problem(String code, String message, String remedy) {
    problems.add(Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy));
  }
}
