package dev.undercroft.settings;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A line of a file with a caret under the place that is meant. Stateless, thread-safe. */
final class Excerpt {

  private static final Pattern PASSWORD_IN_ADDRESS = Pattern.compile("(://[^:/@\\s]*:)[^@\\s]+@");
  private static final Set<String> SECRET_WORDS =
      Set.of("secret", "password", "pepper", "token", "key");

  private Excerpt() {}

  /**
   * Where, and the line itself with a caret; lines and columns count from 1. What looks like a
   * secret is left out.
   */
  static String of(String file, String text, int line, int column) {
    String place = file + ":" + line + ":" + column;
    String shown = text.lines().skip(line - 1L).findFirst().map(Excerpt::masked).orElse("");
    if (shown.isBlank()) {
      return place;
    }
    String margin = String.valueOf(line);
    String empty = " ".repeat(margin.length());
    String caret = " ".repeat(Math.max(0, Math.min(column - 1, shown.length()))) + "^";
    return place + "\n" + empty + " |\n" + margin + " | " + shown + "\n" + empty + " | " + caret;
  }

  private static String masked(String line) {
    String safe = PASSWORD_IN_ADDRESS.matcher(line).replaceAll("$1***@");
    int equals = safe.indexOf('=');
    if (equals < 0) {
      return safe;
    }
    String key = safe.substring(0, equals).toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(key::contains)
        ? safe.substring(0, equals + 1) + " ***"
        : safe;
  }
}
