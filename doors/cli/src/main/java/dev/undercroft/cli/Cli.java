package dev.undercroft.cli;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.Platform;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The command line: finds the command that was meant, carries it out and tells the outcome in text
 * or JSON. The exit code is 0 when it is done, 1 when it failed, 2 for wrong usage, 3 when the
 * answer is no. Thread-safe if the platform is.
 */
public final class Cli {

  private final Terminal terminal;
  private final Supplier<Platform> platform;

  /**
   * A command line.
   *
   * @param terminal what it is connected to
   * @param platform gives the product; asked only by commands that need it
   */
  public Cli(Terminal terminal, Supplier<Platform> platform) {
    this.terminal = terminal;
    this.platform = platform;
  }

  /** Carries out one command line and gives the exit code of the process. */
  public int run(List<String> arguments) {
    Line line = new Line(arguments);
    try {
      return dispatch(line);
    } catch (ProblemException problem) {
      tell(problem.problems(), line);
      trace(problem, line);
      return problem.first().kind().exitCode();
    } catch (Exception defect) {
      tell(List.of(defect(defect, line)), line);
      trace(defect, line);
      return ProblemKind.INTERNAL.exitCode();
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private int dispatch(Line line) throws Exception {
    String first = line.nextWord();
    if (first == null) {
      return withoutWord(line);
    }
    if (first.equals("version") && line.rest().isEmpty()) {
      return page(ToolVerbs.versionText(Version.read()));
    }
    if (Words.exactly(first).isPresent() && Words.below(first).isEmpty()) {
      return carryOut(Words.verb(first), line);
    }
    if (Words.below(first).isEmpty()) {
      throw unknown(first, line);
    }
    String second = line.nextWord();
    if (second == null) {
      return page(Help.group(first, plainCall(line).screen()));
    }
    String path = first + " " + second;
    if (Words.exactly(path).isEmpty()) {
      throw unknown(path, line);
    }
    return carryOut(Words.verb(path), line);
  }

  private int withoutWord(Line line) {
    if (line.rest().contains("--version") || line.rest().contains("-V")) {
      terminal.out().println(Version.line());
      return 0;
    }
    for (String argument : line.rest()) {
      if (argument.startsWith("-") && GlobalOptions.named(argument.split("=", 2)[0]).isEmpty()) {
        throw Problem.of("CLI_UNKNOWN_OPTION", ProblemKind.USAGE, "there is no option " + argument)
            .withRemedy("Options stand behind a command; see `undercroft --help`.")
            .exception();
      }
    }
    return page(Help.root(plainCall(line).screen()));
  }

  private int page(String text) {
    terminal.out().print(text);
    return 0;
  }

  private int carryOut(Verb verb, Line line) throws Exception {
    line.tellsInJson = !isOverridden(verb);
    Typed flags = Flags.plain(verb, line.rest());
    Typed typed = flags != null ? flags : Parser.parse(verb, line.rest());
    Call call = new Call(typed, terminal, platform);
    if (typed.has(GlobalOptions.HELP)) {
      return page(Help.verb(verb, call.screen()));
    }
    return verb.action().run(call);
  }

  /** A call for what has no command: help pages, and problems before one is understood. */
  private Call plainCall(Line line) {
    Map<String, List<String>> options = new HashMap<>();
    if (line.rest().contains(GlobalOptions.NO_COLOR.name())) {
      options.put(GlobalOptions.NO_COLOR.name(), List.of(""));
    }
    for (String when : List.of("always", "never")) {
      int at = line.rest().indexOf(GlobalOptions.COLOR.name());
      if (line.rest().contains(GlobalOptions.COLOR.name() + "=" + when)
          || (at >= 0 && at + 1 < line.rest().size() && line.rest().get(at + 1).equals(when))) {
        options.put(GlobalOptions.COLOR.name(), List.of(when));
      }
    }
    return new Call(new Typed(options, List.of()), terminal, platform);
  }

  private static ProblemException unknown(String typed, Line line) {
    List<String> words = new ArrayList<>(List.of(typed.split(" ", -1)));
    Optional<String> ours = Words.ours(typed);
    for (String more = line.nextWord(); more != null && ours.isEmpty(); more = line.nextWord()) {
      words.add(more);
      ours = Words.ours(String.join(" ", words));
    }
    Optional<String> near = ours.or(() -> Nearest.to(typed, candidates(typed)));
    return Problem.of(
            "CLI_UNKNOWN_COMMAND", ProblemKind.USAGE, "there is no command '" + typed + "'")
        .withRemedy(
            near.map(word -> "Did you mean `undercroft " + word + "`?")
                .orElse("See `undercroft --help` for all commands."))
        .exception();
  }

  /** Every word that could have been meant: whole commands, and first words of groups. */
  private static Set<String> candidates(String typed) {
    Set<String> candidates = new LinkedHashSet<>();
    for (Word word : Words.ALL) {
      candidates.add(word.path());
      if (!typed.contains(" ")) {
        candidates.add(word.path().split(" ", 2)[0]);
      }
    }
    return candidates;
  }

  /** Whether {@code --json} means something of its own to this command. */
  private static boolean isOverridden(Verb verb) {
    for (Option option : verb.options()) {
      if (option.name().equals(GlobalOptions.JSON.name())) {
        return true;
      }
    }
    return false;
  }

  private void tell(List<Problem> problems, Line line) {
    if (line.tellsInJson && line.rest().contains("--json")) {
      terminal.out().println(JsonAnswer.of(problems));
      return;
    }
    Call.Screen screen = plainCall(line).errorScreen();
    terminal.err().print(ProblemText.of(problems, screen.style(), screen.width()));
  }

  private static Problem defect(Exception defect, Line line) {
    Problem problem =
        Problem.of(
            "CLI_DEFECT",
            ProblemKind.INTERNAL,
            "undercroft itself failed: " + defect.getClass().getSimpleName());
    return line.rest().contains("--debug")
        ? problem
        : problem.withRemedy(
            "This is a defect; repeat the command with --debug and report what it prints.");
  }

  private void trace(Throwable thrown, Line line) {
    if (!line.rest().contains("--debug")) {
      return;
    }
    for (Throwable one = thrown; one != null; one = one.getCause()) {
      terminal.err().println("  " + one);
      for (StackTraceElement place : one.getStackTrace()) {
        terminal.err().println("      at " + place);
      }
    }
  }

  /** The arguments, from which the words of the command are taken out one by one. */
  private static final class Line {
    private final List<String> rest;
    private int from;
    private boolean tellsInJson = true;

    Line(List<String> arguments) {
      this.rest = new ArrayList<>(arguments);
    }

    List<String> rest() {
      return rest;
    }

    /** Takes out the next word that is no option and no value of a global option. */
    @Nullable String nextWord() {
      while (from < rest.size()) {
        String argument = rest.get(from);
        if (!argument.startsWith("-")) {
          return rest.remove(from);
        }
        Optional<Option> option = GlobalOptions.named(argument);
        boolean takesNext = option.isPresent() && option.get().takesValue();
        from += takesNext ? 2 : 1;
      }
      return null;
    }
  }
}
