package dev.undercroft.settings;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-else}} and {@code ${NAME-else}} in a
 * value; {@code \$} and {@code \\} stand for themselves. Stateless, thread-safe.
 */
final class References {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\\\([$\\\\])|\\$\\{([A-Za-z_]\\w*)(?:(:?-)([^{}]*))?}|\\$([A-Za-z_]\\w*)|(\\$\\{)");

  private References() {}

  /**
   * The value with its references replaced.
   *
   * @throws DotEnvReader.Broken if a name has no value and no other text is given
   */
  static String expand(String raw, Function<String, @Nullable String> valueOf) {
    Matcher matcher = REFERENCE.matcher(raw);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement(matcher, valueOf)));
    }
    return matcher.appendTail(result).toString();
  }

  private static String replacement(Matcher matcher, Function<String, @Nullable String> valueOf) {
    if (matcher.group(1) != null) {
      return matcher.group(1);
    }
    if (matcher.group(6) != null) {
      throw new DotEnvReader.Broken(
          "${ is not followed by a name and }", "Write ${NAME}, or \\$ for a dollar sign.");
    }
    String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(5);
    String value = valueOf.apply(name);
    String operator = matcher.group(3);
    if (value == null || (value.isEmpty() && ":-".equals(operator))) {
      if (operator != null) {
        return matcher.group(4);
      }
      throw new DotEnvReader.Broken(
          "it refers to " + name + ", which has no value",
          "Set "
              + name
              + " before it, write ${"
              + name
              + ":-default}, or put a value with a dollar sign between single quotes.");
    }
    return value;
  }
}
