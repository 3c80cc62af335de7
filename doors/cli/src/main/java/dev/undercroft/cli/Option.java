package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * An option of a command. Immutable.
 *
 * @param names how it is typed, the long form first
 * @param value what follows it, for people; empty text when nothing does
 * @param description what it does, a sentence
 */
record Option(List<String> names, String value, String description) {

  /** What an option has whose value may be left out. */
  static final String NO_VALUE = "-";

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

  /** Whether the value may be left out; then it is {@link #NO_VALUE}. */
  boolean isValueOptional() {
    return value.startsWith("[");
  }

  /** As the help shows it, short forms first: {@code -n, --lines NUMBER}. */
  String shown() {
    List<String> sorted = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith("--")) {
        sorted.addLast(name);
      } else {
        sorted.addFirst(name);
      }
    }
    return String.join(", ", sorted) + (takesValue() ? " " + value : "");
  }
}
