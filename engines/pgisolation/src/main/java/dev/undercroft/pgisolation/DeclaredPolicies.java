package dev.undercroft.pgisolation;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The row policies that a schema declares. Stateless. */
public final class DeclaredPolicies {

  private static final String NAME = "(\"[^\"]+\"|[A-Za-z_][A-Za-z0-9_$]*)";
  private static final Pattern CREATE =
      Pattern.compile(
          "(?is)\\A\\s*create\\s+policy\\s+"
              + NAME
              + "\\s+on\\s+(?:"
              + NAME
              + "\\.)?"
              + NAME
              + "\\b.*");

  private DeclaredPolicies() {}

  /**
   * The policies as {@code public.users users_own}.
   *
   * @throws dev.undercroft.base.ProblemException if a file is no SQL
   */
  public static Set<String> of(List<SqlSource> schema) {
    Set<String> policies = new TreeSet<>();
    for (SqlSource file : schema) {
      for (Statement statement : Script.read(file, Dialect.POSTGRESQL).orThrow().statements()) {
        Matcher matcher = CREATE.matcher(statement.text());
        if (matcher.matches()) {
          String in = matcher.group(2) == null ? "public" : plain(matcher.group(2));
          policies.add(in + "." + plain(matcher.group(3)) + " " + plain(matcher.group(1)));
        }
      }
    }
    return policies;
  }

  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1)
        : name.toLowerCase(java.util.Locale.ROOT);
  }
}
