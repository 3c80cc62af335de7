package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationDrafted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Migrations made from the wanted schema. */
final class DraftVerbs {

  private static final Option NAME =
      Option.of("--name -n", "NAME", "What the migration does, in a few words.");
  private static final Option SCRATCH =
      Option.of(
          "--scratch",
          "URL",
          "A running server on which scratch databases may be made; else the embedded one is"
              + " started for it.");
  private static final Option RENAMES =
      Option.of("--renames", "FILE", "Says what was renamed: column public.a.b -> c.");

  private DraftVerbs() {}

  static Verb dev() {
    return draft("migrate dev", "and applies it to the development database", true);
  }

  static Verb generate() {
    return draft("migrate generate", "for you to read and deploy", false);
  }

  private static Verb draft(String path, String purpose, boolean deploy) {
    return Verb.named(path)
        .says(
            "Compares the wanted schema with what the migrations give, writes the difference as a"
                + " migration with its undoing, tries both on a copy with rows, "
                + purpose
                + ". What may be a rename is asked on a terminal; elsewhere the answer is 3 and the"
                + " question.")
        .option(NAME)
        .option(RENAMES)
        .option(SCRATCH)
        .example("undercroft " + path + " --project shop --name add_orders", "After an edit.")
        .no("something may be renamed and nobody has said so")
        .answers(MigrationDrafted.class)
        .does(call -> run(call, deploy));
  }

  private static int run(Call call, boolean deploy) throws IOException {
    String name = SchemaOptions.needed(call, NAME);
    StringBuilder answers = new StringBuilder(answers(call, RENAMES));
    MigrationDrafted drafted = draft(call, name, answers, deploy);
    while (!drafted.questions().isEmpty() && canAsk(call)) {
      ask(call, drafted.questions().getFirst(), answers);
      drafted = draft(call, name, answers, deploy);
    }
    if (!drafted.questions().isEmpty()) {
      throw new ProblemException(drafted.questions().stream().map(DraftVerbs::question).toList());
    }
    SchemaOptions.warn(call, drafted.notes());
    call.answer(drafted, one -> text(one, call));
    return 0;
  }

  /** What a file of answers says, if an option names one. */
  static String answers(Call call, Option option) {
    return call.text(option)
        .map(file -> read(call.terminal().directory().resolve(file)))
        .orElse("");
  }

  static boolean canAsk(Call call) {
    return call.terminal().faces().in() && call.terminal().faces().err() && !call.isJson();
  }

  private static MigrationDrafted draft(
      Call call, String name, StringBuilder answers, boolean deploy) {
    return call.run(
        new MigrateCommand.Draft(
            call.scope(), name, call.text(SCRATCH), answers.toString(), deploy));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file) + "\n";
    } catch (IOException cause) {
      throw Problem.of("CLI_NOT_READ", ProblemKind.INPUT, file + " cannot be read")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Name a file in UTF-8 with lines such as: table public.old -> new.")
          .exception(cause);
    }
  }

  /** Asks, and adds the answer as a line. */
  static void ask(Call call, String line, StringBuilder answers) throws IOException {
    call.terminal().err().print("Was this renamed?  " + line + "  [y/N] ");
    call.terminal().err().flush();
    String typed = call.terminal().in().readLine();
    if (typed == null) {
      throw new ProblemException(List.of(question(line)));
    }
    boolean yes = List.of("y", "yes").contains(typed.strip().toLowerCase(Locale.ROOT));
    answers.append(yes ? line : "not " + line).append('\n');
  }

  /** The question where nobody can be asked. */
  static Problem question(String line) {
    return Problem.of("CLI_RENAMED", ProblemKind.NEGATIVE, "was this renamed? " + line)
        .withDetail("If not, what it holds is lost.")
        .withRemedy(
            "Put the line into a file and name it with --renames; with `not ` before it, the two"
                + " are different things. Or write `-- renamed from OLD` above it in the schema.");
  }

  private static String text(MigrationDrafted drafted, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    if (drafted.folder().isEmpty()) {
      text.append(drafted.project()).append(": the migrations give the wanted schema\n");
    }
    drafted
        .folder()
        .ifPresent(folder ->
            text.append(style.good("+ "))
                .append(call.terminal().directory().relativize(folder))
                .append('\n'));
    drafted.hazards().forEach(one -> text.append("  ").append(style.warning(one)).append('\n'));
    drafted.proof().forEach(one -> text.append("  ").append(one).append('\n'));
    drafted.deployed().ifPresent(deployed -> text.append(MigrateText.deployments(deployed, call)));
    return text.toString();
  }
}
