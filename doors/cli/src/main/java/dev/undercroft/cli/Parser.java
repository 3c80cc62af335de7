package dev.undercroft.cli;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Takes apart what stands behind a command. Knows only the one command that was called, so that
 * nothing else is loaded. Stateless, thread-safe.
 */
final class Parser {

  private Parser() {}

  /**
   * Reads the arguments of a verb.
   *
   * @throws ProblemException of the kind {@link ProblemKind#USAGE}
   */
  static Typed parse(Verb verb, List<String> arguments) {
    CommandLine line = new CommandLine(spec(verb));
    line.setOverwrittenOptionsAllowed(true);
    line.setPosixClusteredShortOptionsAllowed(true);
    try {
      ParseResult result = line.parseArgs(arguments.toArray(new String[0]));
      return typed(verb, result);
    } catch (CommandLine.UnmatchedArgumentException unmatched) {
      throw unmatched(verb, unmatched.getUnmatched().getFirst());
    } catch (CommandLine.MissingParameterException missing) {
      throw missing(verb, missing);
    } catch (CommandLine.ParameterException wrong) {
      throw usage(verb, "CLI_WRONG_USAGE", firstLine(wrong), helpRemedy(verb));
    }
  }

  /** All options that a verb understands; its own word wins over one that all have. */
  static List<Option> options(Verb verb) {
    List<String> own = verb.options().stream().map(Option::name).toList();
    return Stream.concat(
            verb.options().stream(),
            GlobalOptions.ALL.stream().filter(option -> !own.contains(option.name())))
        .toList();
  }

  static CommandSpec spec(Verb verb) {
    CommandSpec spec = CommandSpec.create().name(verb.path());
    for (Option option : options(verb)) {
      OptionSpec.Builder builder =
          OptionSpec.builder(option.names().toArray(new String[0]))
              .description(option.description());
      if (option.takesValue()) {
        builder.paramLabel(option.value()).type(List.class).auxiliaryTypes(String.class).arity("1");
        if (option.isValueOptional()) {
          builder.arity("0..1").fallbackValue(Option.NO_VALUE);
        }
      } else {
        builder.type(boolean.class).arity("0").usageHelp(option.equals(GlobalOptions.HELP));
      }
      spec.addOption(builder.build());
    }
    Verb.Operand operand = verb.operand();
    if (operand != null) {
      spec.addPositional(
          PositionalParamSpec.builder()
              .paramLabel(operand.label())
              .required(operand.least() > 0)
              .type(List.class)
              .auxiliaryTypes(String.class)
              .arity(
                  operand.least()
                      + ".."
                      + (operand.most() == Integer.MAX_VALUE ? "*" : operand.most()))
              .build());
    }
    return spec;
  }

  private static Typed typed(Verb verb, ParseResult result) {
    Map<String, List<String>> options = new LinkedHashMap<>();
    for (Option option : options(verb)) {
      if (result.hasMatchedOption(option.name())) {
        List<String> values = new ArrayList<>();
        if (option.takesValue()) {
          values.addAll(result.matchedOption(option.name()).stringValues());
        } else {
          values.add("");
        }
        options.put(option.name(), values);
      }
    }
    List<String> operands = new ArrayList<>();
    result.matchedPositionals().forEach(operand -> operands.addAll(operand.stringValues()));
    Verb.Operand operand = verb.operand();
    boolean isHelp = options.containsKey(GlobalOptions.HELP.name());
    if (operand != null && operands.size() > operand.most() && !isHelp) {
      throw unmatched(verb, operands.get(operand.most()));
    }
    return new Typed(options, List.copyOf(operands));
  }

  private static ProblemException unmatched(Verb verb, String argument) {
    if (!argument.startsWith("-")) {
      return usage(
          verb,
          "CLI_TOO_MANY_WORDS",
          "`undercroft " + verb.path() + "` does not know what to do with '" + argument + "'",
          helpRemedy(verb));
    }
    String name = argument.split("=", 2)[0];
    List<String> names = options(verb).stream().flatMap(option -> option.names().stream()).toList();
    return usage(
        verb,
        "CLI_UNKNOWN_OPTION",
        "`undercroft " + verb.path() + "` has no option " + name,
        meant(name, names).map(near -> "Did you mean " + near + "?").orElse(helpRemedy(verb)));
  }

  /** The option that begins like what was typed, if it is the only one, or else the nearest. */
  private static Optional<String> meant(String typed, List<String> names) {
    List<String> longer =
        names.stream().filter(name -> typed.length() > 2 && name.startsWith(typed)).toList();
    return longer.size() == 1 ? Optional.of(longer.getFirst()) : Nearest.to(typed, names);
  }

  private static ProblemException missing(
      Verb verb, CommandLine.MissingParameterException missing) {
    CommandLine.Model.ArgSpec what =
        missing.getMissing().isEmpty() ? null : missing.getMissing().getFirst();
    String message =
        switch (what) {
          case OptionSpec option -> option.longestName() + " needs a value: " + option.paramLabel();
          case null, default -> "`undercroft " + verb.path() + "` needs " + operandLabel(verb);
        };
    return usage(verb, "CLI_MISSING_VALUE", message, helpRemedy(verb));
  }

  private static String operandLabel(Verb verb) {
    Verb.Operand operand = verb.operand();
    return operand == null ? "a value" : operand.label();
  }

  private static String firstLine(CommandLine.ParameterException wrong) {
    return String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
  }

  private static String helpRemedy(Verb verb) {
    return "See `undercroft " + verb.path() + " --help`.";
  }

  private static ProblemException usage(Verb verb, String code, String message, String remedy) {
    return Problem.of(code, ProblemKind.USAGE, message)
        .withRemedy(remedy)
        .with("command", verb.path())
        .exception();
  }
}
