package dev.undercroft.cli;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An option of a command. Immutable.
 *
 * @param names how it is typed, the long form first
 * @param value what follows it, for people; empty text when nothing does
 * @param description what it does, a sentence
 */
record Option(List<String> names, String value, String description) {

  static Option flag(String names, String description) {
    return new Option(List.of(names.split(" ", -1)), "", description);
  }

  static Option of(String names, String value, String description) {
    return new Option(List.of(names.split(" ", -1)), value, description);
  }

  String name() {
    return names.getFirst();
  }

  boolean takesValue() {
    return !value.isEmpty();
  }

  /** As the help shows it, short forms first: {@code -n, --lines NUMBER}. */
  String shown() {
    Stream<String> sorted =
        Stream.concat(
            names.stream().filter(name -> !name.startsWith("--")),
            names.stream().filter(name -> name.startsWith("--")));
    return sorted.collect(Collectors.joining(", ")) + (takesValue() ? " " + value : "");
  }
}
