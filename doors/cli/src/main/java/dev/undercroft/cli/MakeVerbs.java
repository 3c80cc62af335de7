package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.ProjectCommand;
import dev.undercroft.platform.ProjectCommand.FilesWritten;
import dev.undercroft.platform.ProjectCommand.Overwrite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Making files. */
final class MakeVerbs {

  private static final Option TITLE = Option.of("--title", "TEXT", "Its name for people.");
  private static final Option PACKAGE =
      Option.of("--package", "NAME", "The Java package of the classes.");
  private static final Option OUTPUT =
      Option.of("--output -o", "FOLDER", "The folder of sources to write to.");
  private static final Option REPLACE =
      Option.flag("--replace", "Makes new ones where secrets exist; asks first.");
  private static final Option YES = Option.flag("--yes -y", "Answers yes where it would ask.");

  private MakeVerbs() {}

  static Verb init() {
    return Verb.named("init")
        .says(
            "Makes a new project in the working directory: undercroft.toml and folders for schema,"
                + " migrations and seeds. Never replaces a file.")
        .operand("NAME", 0, 1, "The project's name; the folder's by default.")
        .option(TITLE)
        .example("undercroft init shop --title Shop", "Makes a project called shop.")
        .answers(FilesWritten.class)
        .does(call -> {
          Optional<String> name = call.operands().stream().findFirst();
          FilesWritten written =
              call.run(new ProjectCommand.Init(call.scope(), name, call.text(TITLE)));
          call.answer(written, one -> written(one, call));
          call.say("\nNext: write a migration, then run `undercroft up`.");
          return 0;
        });
  }

  static Verb generate() {
    return Verb.named("generate")
        .says("Writes typed access classes (jOOQ) from the migrated database of a project.")
        .option(PACKAGE)
        .option(OUTPUT)
        .example("undercroft generate --project shop", "Writes to where the settings say.")
        .answers(FilesWritten.class)
        .does(call -> {
          FilesWritten written =
              call.run(
                  new ProjectCommand.Generate(
                      call.scope(),
                      call.text(PACKAGE),
                      call.text(OUTPUT).map(call.terminal().directory()::resolve)));
          call.answer(written, one -> written(one, call));
          return 0;
        });
  }

  static Verb secrets() {
    return Verb.named("secrets generate")
        .says(
            "Makes secrets of 256 random bits for a project, each in a file of its folder secrets"
                + " that only you can read. What exists stays, unless --replace is given.")
        .operand(
            "NAME",
            0,
            Integer.MAX_VALUE,
            "Which variables, for example JWT_SECRET; all that are not set by default.")
        .option(REPLACE)
        .option(YES)
        .example("undercroft secrets generate --project shop", "Makes all that are missing.")
        .example(
            "undercroft secrets generate --project shop JWT_SECRET --replace --yes",
            "Makes a new one in place of the old.")
        .answers(FilesWritten.class)
        .does(MakeVerbs::runSecrets);
  }

  private static int runSecrets(Call call) throws IOException {
    if (call.has(REPLACE) && !call.has(YES)) {
      confirmReplacing(call);
    }
    FilesWritten written =
        call.run(
            new ProjectCommand.GenerateSecrets(
                call.scope(),
                call.operands(),
                call.has(REPLACE) ? Overwrite.REPLACE : Overwrite.REFUSE));
    call.answer(written, one -> written(one, call));
    return 0;
  }

  private static void confirmReplacing(Call call) throws IOException {
    if (!call.terminal().faces().in() || !call.terminal().faces().err()) {
      throw Problem.of(
              "CLI_NOT_CONFIRMED",
              ProblemKind.USAGE,
              "--replace makes what the old secrets protect unreadable, and nobody can be asked"
                  + " here")
          .withRemedy("Add --yes if that is meant.")
          .exception();
    }
    call.terminal()
        .err()
        .print("What the old secrets protect becomes unreadable. Replace them? [y/N] ");
    call.terminal().err().flush();
    String typed = call.terminal().in().readLine();
    if (typed == null || !typed.strip().equalsIgnoreCase("y")) {
      throw Problem.of("CLI_NOT_CONFIRMED", ProblemKind.USAGE, "nothing was replaced")
          .withRemedy("Repeat the command and answer y, or add --yes.")
          .exception();
    }
  }

  private static String written(FilesWritten files, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    for (Path file : files.written()) {
      text.append(style.good("+")).append(" wrote ").append(file).append('\n');
    }
    for (Path file : files.kept()) {
      text.append(style.faint("=")).append(" kept  ").append(file).append('\n');
    }
    return text.isEmpty() ? "Nothing to write.\n" : text.toString();
  }
}
