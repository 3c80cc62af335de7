package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a person typed behind a command, taken apart. Immutable.
 *
 * @param options the values of each option by its long name; a flag has one empty text
 * @param operands what is no option
 */
record Typed(Map<String, List<String>> options, List<String> operands) {

  boolean has(Option option) {
    return options.containsKey(option.name());
  }

  Optional<String> text(Option option) {
    List<String> values = options.get(option.name());
    return values == null ? Optional.empty() : Optional.of(values.getLast());
  }

  List<String> texts(Option option) {
    return options.getOrDefault(option.name(), List.of());
  }

  Style.When colours() {
    if (has(GlobalOptions.NO_COLOR)) {
      return Style.When.NEVER;
    }
    Optional<String> word = text(GlobalOptions.COLOR);
    return word.isPresent() ? colours(word.get()) : Style.When.AUTO;
  }

  private static Style.When colours(String word) {
    return switch (word) {
      case "auto" -> Style.When.AUTO;
      case "always" -> Style.When.ALWAYS;
      case "never" -> Style.When.NEVER;
      default ->
          throw Problem.of(
                  "CLI_NOT_A_CHOICE", ProblemKind.USAGE, "--color cannot be '" + word + "'")
              .withRemedy("Write auto, always or never.")
              .exception();
    };
  }
}
