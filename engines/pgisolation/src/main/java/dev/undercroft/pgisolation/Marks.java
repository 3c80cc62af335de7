package dev.undercroft.pgisolation;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the marks of the victim's rows in whatever came out of the database. Stateless. */
final class Marks {

  /** As {@link World} makes them for its number 1; the last form is a word in hexadecimal. */
  private static final Pattern VICTIM =
      Pattern.compile(
          "17c117c1-0000-4000-8000-[0-9]{12}|uc1x[0-9]{4}|\\b701[0-9]{6}\\b|75633178[0-9a-f]{8}");

  private Marks() {}

  /** The victim's marks in a text, without those that the statement itself held. */
  static Set<String> of(String text, String statement) {
    Set<String> found = all(text);
    found.removeAll(all(statement));
    return found;
  }

  private static Set<String> all(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = VICTIM.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}
