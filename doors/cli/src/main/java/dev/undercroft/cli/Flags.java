package dev.undercroft.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Understands what most calls are: a command with a few flags and nothing else. The parser proper
 * would say the same, but its classes are of a form that the ahead-of-time cache cannot keep, and
 * loading them takes longer than most commands.
 */
final class Flags {

  private Flags() {}

  /** What was typed, or null when it takes the parser to say. */
  static @Nullable Typed onlyFlags(Verb verb, List<String> arguments) {
    Map<String, List<String>> options = new HashMap<>();
    for (String argument : arguments) {
      Option flag = flag(verb, argument);
      if (flag == null) {
        return null;
      }
      options.put(flag.name(), List.of(""));
    }
    Verb.Operand operand = verb.operand();
    boolean isComplete =
        operand == null || operand.least() == 0 || options.containsKey(GlobalOptions.HELP.name());
    return isComplete ? new Typed(options, List.of()) : null;
  }

  private static @Nullable Option flag(Verb verb, String argument) {
    for (List<Option> options : List.of(verb.options(), GlobalOptions.ALL)) {
      for (Option option : options) {
        if (!option.takesValue() && option.names().contains(argument)) {
          return option;
        }
      }
    }
    return null;
  }
}
