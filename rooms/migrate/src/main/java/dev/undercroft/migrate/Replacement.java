package dev.undercroft.migrate;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration that stands for several older ones: {@code -- undercroft:replaces NAME NAME …} at its
 * head. Where all of them are applied, it counts as applied too; where none is, it runs. Stateless.
 */
final class Replacement {

  /** The word of the directive. */
  static final String WORD = "replaces";

  private static final Pattern LINE =
      Pattern.compile("--\\s*undercroft\\s*:\\s*" + WORD + "\\s+(.*)");

  private Replacement() {}

  /** The names that a migration stands for, in their order; empty for a usual one. */
  static Set<String> in(MigrationFile file) {
    Set<String> names = new LinkedHashSet<>();
    if (file.text().contains(WORD)) {
      file.text()
          .lines()
          .map(String::strip)
          .takeWhile(line -> line.isEmpty() || line.startsWith("--"))
          .map(LINE::matcher)
          .filter(Matcher::matches)
          .flatMap(found -> Stream.of(found.group(1).strip().split("[,\\s]+", -1)))
          .forEach(names::add);
    }
    return names;
  }

  /** Whether all that it stands for is applied, so that there is nothing to run. */
  static boolean isAdoptable(MigrationFile file, History history) {
    Set<String> names = in(file);
    return !names.isEmpty()
        && history.find(file.name()).isEmpty()
        && applied(names, history).size() == names.size();
  }

  /** Those of the names that are applied. */
  static List<String> applied(Set<String> names, History history) {
    return names.stream()
        .filter(name ->
            history
                .find(name)
                .filter(row -> row.outcome() == HistoryEntry.Outcome.APPLIED)
                .isPresent())
        .toList();
  }
}
