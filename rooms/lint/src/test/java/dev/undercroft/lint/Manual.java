package dev.undercroft.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page about the rules, taken apart: what it says of each.
 *
 * @param code the rule
 * @param severity the word the page uses
 * @param examples the bad one and the better one; none where an example would not be SQL
 * @param remedy what the page says to do instead
 */
record Manual(String code, String severity, List<String> examples, String remedy) {

  private static final Pattern SEVERITY = Pattern.compile("(?m)^\\*(\\w+)\\*");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```sql\n(.*?)```");
  private static final Pattern REMEDY = Pattern.compile("(?m)^Instead: (.*)$");

  static List<Manual> read() {
    Path page = Path.of(System.getProperty("undercroft.root")).resolve("docs/lint.md");
    try {
      List<Manual> rules = new ArrayList<>();
      String[] sections = Files.readString(page).split("(?m)^### ", -1);
      for (String section : List.of(sections).subList(1, sections.length)) {
        rules.add(
            new Manual(
                section.substring(0, section.indexOf('\n')),
                first(SEVERITY, section),
                EXAMPLE.matcher(section).results().map(found -> found.group(1)).toList(),
                first(REMEDY, section)));
      }
      return rules;
    } catch (IOException unreadable) {
      throw new AssertionError(unreadable);
    }
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  /** Migrations that stand in one example. */
  static List<String> migrations(String example) {
    return List.of(example.split("(?m)^-- next migration\n", -1));
  }

  @Override
  public String toString() {
    return code;
  }
}
