package dev.undercroft.schema;

import dev.undercroft.sql.Statement;
import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements as they are carried out where nobody else is and nothing may be reached. Stateless.
 */
final class ScratchForm {

  private static final Pattern OPTIONS =
      Pattern.compile("(?is)\\bwith\\s*\\(((?:[^()']|'(?:[^']|'')*')*)\\)\\s*$");
  private static final Pattern CONNECTING =
      Pattern.compile(
          "(?i)\\b(connect|enabled|create_slot|copy_data)\\b(\\s*=\\s*('[^']*'|\\w+))?\\s*(,|$)");
  private static final Pattern REACHING =
      Pattern.compile(
          "(?is)^\\s*alter\\s+subscription\\s.*\\b(enable|refresh\\s+publication.*)\\s*$");

  private static final Pattern ROLE =
      Pattern.compile("(?is)^\\s*create\\s+(role|user|group)\\s+(?!mapping\\b).*");

  /** SQLSTATE {@code duplicate_object}. */
  private static final String DUPLICATE = "42710";

  private ScratchForm() {}

  /** Whether it makes a role that a database beside this one has brought along. */
  static boolean isThereAlready(Statement statement, SQLException error) {
    return DUPLICATE.equals(error.getSQLState()) && ROLE.matcher(statement.text()).matches();
  }

  /** Whether it defines nothing and would reach another server. */
  static boolean reaches(Statement statement) {
    return statement.command().name().equals("ALTER SUBSCRIPTION")
        && REACHING.matcher(statement.text()).matches();
  }

  /** An index needs no CONCURRENTLY there, and a subscription must not connect. */
  static String of(Statement statement) {
    return switch (statement.command().name()) {
      case "CREATE INDEX CONCURRENTLY" ->
          statement.text().replaceFirst("(?i)\\bconcurrently\\b", "");
      case "CREATE SUBSCRIPTION" -> unconnected(statement.text().strip());
      default -> statement.text();
    };
  }

  private static String unconnected(String text) {
    Matcher options = OPTIONS.matcher(text);
    if (!options.find()) {
      return text + " WITH (connect = false)";
    }
    String kept = CONNECTING.matcher(options.group(1)).replaceAll("").strip();
    String rest = kept.isEmpty() || kept.endsWith(",") ? kept : kept + ", ";
    return text.substring(0, options.start()) + "WITH (" + rest + " connect = false)";
  }
}
