package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;

/** The tool itself. */
final class ToolVerbs {

  private ToolVerbs() {}

  static Verb version() {
    return Verb.named("version")
        .says("Shows the versions of undercroft, of the PostgreSQL it brings, and of Java.")
        .example("undercroft version", "For people.")
        .example("undercroft version --json", "For programs.")
        .answers(Version.class)
        .does(call -> {
          call.answer(Version.read(), ToolVerbs::versionText);
          return 0;
        });
  }

  static String versionText(Version version) {
    return "undercroft "
        + version.version()
        + " (PostgreSQL "
        + version.postgres()
        + ", Java "
        + version.java()
        + ")\n";
  }

  static Verb completion() {
    return Verb.named("completion")
        .says(
            "Writes a script that teaches a shell to complete commands and options. Load it from"
                + " the shell's own start file.")
        .operand("SHELL", 1, 1, "bash, zsh or fish.")
        .example("undercroft completion bash", "Then: source <(undercroft completion bash)")
        .example("undercroft completion zsh", "Then: source <(undercroft completion zsh)")
        .example("undercroft completion fish", "Then: undercroft completion fish | source")
        .does(call -> {
          String shell = call.operands().getFirst();
          call.terminal()
              .out()
              .print(
                  switch (shell) {
                    case "bash", "zsh" -> Completion.bash();
                    case "fish" -> Completion.fish();
                    default ->
                        throw Problem.of(
                                "CLI_UNKNOWN_SHELL",
                                ProblemKind.USAGE,
                                "there is no completion for '" + shell + "'")
                            .withRemedy("Write bash, zsh or fish.")
                            .exception();
                  });
          return 0;
        });
  }

  static Verb help() {
    return Verb.named("help")
        .says("Shows help for a command, for a group of commands, or for everything.")
        .operand("COMMAND", 0, 2, "The command; everything by default.")
        .example("undercroft help migrate deploy", "The same as undercroft migrate deploy --help.")
        .does(call -> {
          call.terminal().out().print(page(call.operands(), call.screen()));
          return 0;
        });
  }

  private static String page(List<String> words, Call.Screen screen) {
    String path = String.join(" ", words);
    if (path.isEmpty()) {
      return Help.root(screen);
    }
    if (Words.exactly(path).isPresent()) {
      return Help.verb(Words.verb(path), screen);
    }
    if (!Words.below(path).isEmpty()) {
      return Help.group(path, screen);
    }
    throw Problem.of("CLI_UNKNOWN_COMMAND", ProblemKind.USAGE, "there is no command '" + path + "'")
        .withRemedy("See `undercroft --help` for all commands.")
        .exception();
  }
}
