package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.SchemaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the commands about schemas have in common. Stateless. */
final class SchemaOptions {

  private static final Option SCRATCH =
      Option.of(
          "--scratch",
          "URL",
          "A running server on which scratch databases may be made; else the embedded one is"
              + " started for it.");
  private static final Option SCHEMAS =
      Option.of("--schemas", "NAME,…", "Only these schemas count.");
  private static final Option ROLES =
      Option.flag("--include-roles", "Roles and memberships count too.");
  private static final Option RENAMES =
      Option.of("--renames", "FILE", "Says what was renamed: column public.a.b -> c.");

  private static final Option DIALECT =
      Option.of(
          "--dialect",
          "WORD",
          "postgresql or sqlite: whose SQL files are in; by default that of the other side, else"
              + " PostgreSQL's.");

  private SchemaOptions() {}

  static Verb.Draft common(Verb.Draft verb) {
    return verb.lastOption(SCRATCH)
        .lastOption(SCHEMAS)
        .lastOption(ROLES)
        .lastOption(RENAMES)
        .lastOption(DIALECT);
  }

  static SchemaCommand.Frame frame(Call call) {
    return new SchemaCommand.Frame(
        list(call, SCHEMAS),
        call.has(ROLES),
        call.text(SCRATCH),
        call.text(RENAMES),
        call.text(DIALECT));
  }

  /** The names that an option gives with commas between. */
  static List<String> list(Call call, Option option) {
    return call.text(option)
        .map(text ->
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList())
        .orElse(List.of());
  }

  /** The value of an option that must be given. */
  static String needed(Call call, Option option) {
    return call.text(option)
        .orElseThrow(() ->
            Problem.of("CLI_MISSING_OPTION", ProblemKind.USAGE, option.name() + " is missing")
                .withRemedy("Add " + option.shown() + ": " + option.description())
                .exception());
  }

  static ProblemException notAChoice(String option, String word, String choices) {
    return Problem.of("CLI_NOT_A_CHOICE", ProblemKind.USAGE, option + " cannot be '" + word + "'")
        .withRemedy("Write " + choices + ".")
        .exception();
  }

  /** Tells what a person should know and what stopped nothing. */
  static void warn(Call call, List<Problem> notes) {
    if (call.isQuiet()) {
      return;
    }
    Call.Screen screen = call.errorScreen();
    notes.forEach(note ->
        call.terminal().err().print(ProblemText.warning(note, screen.style(), screen.width())));
  }

  /** Writes a text to the file that an option names, or to the standard output. */
  static void write(Call call, Option option, String text) throws IOException {
    Optional<String> file = call.text(option).filter(name -> !name.equals(Option.NO_VALUE));
    if (file.isEmpty()) {
      call.terminal().out().print(text);
      return;
    }
    Path path = call.terminal().directory().resolve(file.get());
    try {
      Files.writeString(path, text);
    } catch (IOException cause) {
      throw Problem.of("CLI_NOT_WRITTEN", ProblemKind.EXTERNAL, "could not write " + path)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Name a file in a folder that exists and that this account may write to.")
          .exception(cause);
    }
    call.say("written: " + file.get());
  }
}
