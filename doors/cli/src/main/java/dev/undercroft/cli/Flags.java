package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands what most calls are: a command with options that are written out, and nothing else.
 * The parser proper would say the same, but its classes are of a form that the ahead-of-time cache
 * cannot keep, and loading them takes longer than most commands.
 */
final class Flags {

  private Flags() {}

  /** What was typed, or null when it takes the parser to say. */
  static @Nullable Typed plain(Verb verb, List<String> arguments) {
    Map<String, List<String>> options = new HashMap<>();
    for (int at = 0; at < arguments.size(); at++) {
      String argument = arguments.get(at);
      int equals = argument.indexOf('=');
      Option option = option(verb, equals < 0 ? argument : argument.substring(0, equals));
      if (option == null || (equals >= 0 && !option.takesValue())) {
        return null;
      }
      String next = at + 1 < arguments.size() ? arguments.get(at + 1) : "-";
      String value = "";
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (option.takesValue() && !next.startsWith("-")) {
        value = next;
        at++;
      } else if (option.takesValue()) {
        if (!option.isValueOptional()) {
          return null;
        }
        value = Option.NO_VALUE;
      }
      options.computeIfAbsent(option.name(), any -> new ArrayList<>()).add(value);
    }
    Verb.Operand operand = verb.operand();
    boolean isComplete =
        operand == null || operand.least() == 0 || options.containsKey(GlobalOptions.HELP.name());
    return isComplete ? new Typed(options, List.of()) : null;
  }

  private static @Nullable Option option(Verb verb, String name) {
    for (List<Option> options : List.of(verb.options(), GlobalOptions.ALL)) {
      for (Option option : options) {
        if (option.names().contains(name)) {
          return option;
        }
      }
    }
    return null;
  }
}
