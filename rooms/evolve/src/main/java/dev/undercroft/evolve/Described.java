package dev.undercroft.evolve;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.diff.Change;
import java.util.Locale;
import java.util.stream.Collectors;

/** Changes in words. Stateless. */
public final class Described {

  private static final int LONGEST = 200;

  private Described() {}

  /** One change on one line: {@code ~ column public.person.name: type text → integer}. */
  public static String of(Change change) {
    return switch (change) {
      case Change.Added added -> "+ " + added.id();
      case Change.Removed removed -> "- " + removed.id();
      case Change.Renamed renamed ->
          "> " + renamed.from() + " is now called " + renamed.to().name();
      case Change.Altered altered ->
          "~ "
              + altered.id()
              + ": "
              + altered.attributes().stream()
                  .sorted()
                  .map(attribute -> of(attribute, altered))
                  .collect(Collectors.joining("; "));
    };
  }

  private static String of(Attribute attribute, Change.Altered change) {
    return "%s %s → %s"
        .formatted(
            attribute.name().toLowerCase(Locale.ROOT).replace('_', ' '),
            shown(change.before().get(attribute)),
            shown(change.after().get(attribute)));
  }

  private static String shown(String value) {
    if (value.isEmpty()) {
      return "none";
    }
    String line = value.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
