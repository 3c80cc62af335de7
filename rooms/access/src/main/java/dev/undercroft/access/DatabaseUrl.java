package dev.undercroft.access;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Reads the URLs of databases in the forms that people have: {@code postgres://}, {@code
 * postgresql://}, {@code jdbc:postgresql:}, {@code sqlite:}, {@code file:}, {@code jdbc:sqlite:}.
 * Stateless, thread-safe.
 */
public final class DatabaseUrl {

  private static final List<String> SCHEMES = List.of("postgres", "postgresql", "sqlite", "file");

  private DatabaseUrl() {}

  /**
   * Reads a URL.
   *
   * <p>A file of SQLite is relative to {@code base} unless it begins with a slash: {@code
   * sqlite:data/dev.db}, {@code file:./dev.db}, {@code sqlite:///var/lib/dev.db}.
   *
   * @param text the URL, exactly as it was configured
   * @param base the folder that relative paths of SQLite files start at
   * @throws ProblemException with every problem of the URL together; no message shows a password
   */
  public static DatabaseAddress parse(String text, Path base) {
    if (text.isBlank()) {
      throw Problem.of("ACCESS_URL_EMPTY", ProblemKind.INPUT, "the database URL is empty")
          .withRemedy("Set it, for example postgres://user:password@localhost:5432/name.")
          .exception();
    }
    refuseDecoration(text);
    boolean jdbc = text.startsWith("jdbc:");
    String rest = jdbc ? text.substring("jdbc:".length()) : text;
    int colon = rest.indexOf(':');
    String scheme = colon < 0 ? "" : rest.substring(0, colon).toLowerCase(Locale.ROOT);
    String body = rest.substring(colon + 1);
    return switch (scheme) {
      case "postgres", "postgresql" -> new PostgresUrl(jdbc).parse(body);
      case "sqlite", "file" -> SqliteUrl.parse(body, base);
      default -> throw unknownScheme(scheme, body);
    };
  }

  private static void refuseDecoration(String text) {
    char first = text.charAt(0);
    if (first == '"' || first == '\'' || !text.equals(text.strip())) {
      throw Problem.of(
              "ACCESS_URL_DECORATED",
              ProblemKind.INPUT,
              "the database URL has quotes or spaces around it")
          .withRemedy("Remove them; the URL begins with postgres:// or file:.")
          .exception();
    }
    if (text.chars().anyMatch(character -> character <= ' ')) {
      throw Problem.of("ACCESS_URL_SPACE", ProblemKind.INPUT, "the database URL has a space in it")
          .withRemedy("Write %20 for a space; the URL must stand on one line.")
          .exception();
    }
  }

  private static ProblemException unknownScheme(String scheme, String body) {
    String remedy =
        switch (scheme) {
          case "prisma", "prisma+postgres" ->
              "That is the address of Prisma's proxy; use the address of the database behind it.";
          case "http", "https" ->
              "That is a web address; the address of the database begins with postgres://.";
          default ->
              Nearest.to(scheme, SCHEMES)
                      .map(nearest -> "Did you mean " + nearest + ":? ")
                      .orElse("")
                  + "Use postgres://, postgresql://, jdbc:postgresql://, sqlite: or file:.";
        };
    // Without slashes it may be anything, a password too.
    String message =
        !body.startsWith("//") || !scheme.matches("[a-z][a-z0-9+.-]{0,30}")
            ? "the database URL does not begin with the kind of database"
            : "'" + scheme + ":' is no kind of database that is supported";
    return Problem.of("ACCESS_URL_SCHEME", ProblemKind.INPUT, message)
        .withRemedy(remedy)
        .exception();
  }
}
