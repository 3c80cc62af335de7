package dev.undercroft.cli;

import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationSquashed;

/** One migration of several. */
final class SquashVerbs {

  private static final Option NAME =
      Option.of("--name -n", "NAME", "What they do together, in a few words.");
  private static final Option FROM =
      Option.of("--from", "NAME", "The first migration; the first there is by default.");
  private static final Option TO =
      Option.of("--to", "NAME", "The last migration; the last there is by default.");
  private static final Option SCRATCH =
      Option.of(
          "--scratch",
          "URL",
          "A running server on which scratch databases may be made; else the embedded one is"
              + " started for it.");

  private SquashVerbs() {}

  static Verb squash() {
    return Verb.named("migrate squash")
        .says(
            "Makes one migration of several: the shortest way to the same schema, and the"
                + " statements that change rows. Old and new are carried out beside each other and"
                + " must give the same schema and the same rows; else nothing is written and the"
                + " reason is told. Where the old ones are applied, the next deployment notes the"
                + " new one as applied and does not run it.")
        .option(NAME)
        .option(FROM)
        .option(TO)
        .option(SCRATCH)
        .example("undercroft migrate squash --project shop --name all_until_now", "All of them.")
        .answers(MigrationSquashed.class)
        .does(SquashVerbs::run);
  }

  private static int run(Call call) {
    MigrationSquashed squashed =
        call.run(
            new MigrateCommand.Squash(
                call.scope(),
                SchemaOptions.needed(call, NAME),
                call.text(FROM),
                call.text(TO),
                call.text(SCRATCH)));
    call.answer(squashed, one -> text(one, call));
    return 0;
  }

  private static String text(MigrationSquashed squashed, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    squashed
        .replaced()
        .forEach(name -> text.append(style.warning("−")).append(' ').append(name).append('\n'));
    text.append(style.good("+"))
        .append(' ')
        .append(call.terminal().directory().relativize(squashed.folder()))
        .append('\n');
    squashed.proof().forEach(line -> text.append("  ").append(line).append('\n'));
    return text.toString();
  }
}
