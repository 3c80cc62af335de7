package dev.undercroft.prisma;

import java.util.List;
import java.util.Optional;

/** What stands as an argument. Immutable. */
sealed interface Value {

  /** A quoted text, without its quotes. */
  record Text(String text) implements Value {}

  /** A number, as it was written. */
  record Numeral(String text) implements Value {}

  /** A bare word: a field, a constant. */
  record Word(String text) implements Value {}

  /** A word with arguments: a function, or a field with options. */
  record Call(String name, List<Argument> arguments) implements Value {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** Several in brackets. */
  record Items(List<Value> values) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Names with values, in braces. */
  record Entries(List<Argument> entries) implements Value {
    public Entries {
      entries = List.copyOf(entries);
    }
  }

  /** An argument, with a name or by its place. */
  record Argument(Optional<String> name, Value value) {}
}
