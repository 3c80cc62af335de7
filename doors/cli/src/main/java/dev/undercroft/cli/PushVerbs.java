package dev.undercroft.cli;

import dev.undercroft.base.ProblemException;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.SchemaPushed;
import java.io.IOException;

/** The wanted schema brought to a development database, without a migration. */
final class PushVerbs {

  private static final Option ALLOW =
      Option.of("--allow", "HAZARD,…", "Hazards that are accepted by name, for example data-loss.");
  private static final Option SCRATCH =
      Option.of(
          "--scratch",
          "URL",
          "A running server on which scratch databases may be made; else the embedded one is"
              + " started for it.");
  private static final Option RENAMES =
      Option.of("--renames", "FILE", "Says what was renamed: column public.a.b -> c.");

  private PushVerbs() {}

  static Verb push() {
    return Verb.named("schema push")
        .says(
            "Makes the development database of a project what its wanted schema says, without a"
                + " migration: for trying things out. Rows are lost only with --allow data-loss."
                + " Refused outside development, and as long as a migration is not applied. What"
                + " may be a rename is asked on a terminal; elsewhere the answer is 3 and the"
                + " question. A migration that migrate dev makes of it later is noted as applied.")
        .option(ALLOW)
        .option(RENAMES)
        .option(SCRATCH)
        .example("undercroft schema push --project shop", "After an edit.")
        .no("rows would be lost, or something may be renamed and nobody has said so")
        .answers(SchemaPushed.class)
        .does(PushVerbs::run);
  }

  private static int run(Call call) throws IOException {
    StringBuilder answers = new StringBuilder(DraftVerbs.answers(call, RENAMES));
    SchemaPushed pushed = push(call, answers);
    while (!pushed.questions().isEmpty() && DraftVerbs.canAsk(call)) {
      DraftVerbs.ask(call, pushed.questions().getFirst(), answers);
      pushed = push(call, answers);
    }
    if (!pushed.questions().isEmpty()) {
      throw new ProblemException(pushed.questions().stream().map(DraftVerbs::question).toList());
    }
    SchemaOptions.warn(call, pushed.notes());
    call.answer(pushed, one -> text(one, call));
    return 0;
  }

  private static SchemaPushed push(Call call, StringBuilder answers) {
    return call.run(
        new MigrateCommand.Push(
            call.scope(), call.text(SCRATCH), answers.toString(), call.text(ALLOW).orElse("")));
  }

  private static String text(SchemaPushed pushed, Call call) {
    Style style = call.screen().style();
    StringBuilder text = new StringBuilder();
    pushed
        .statements()
        .forEach(sql -> text.append(style.good("✓")).append(' ').append(sql.strip()).append('\n'));
    int count = pushed.statements().size();
    return text.append(pushed.database())
        .append(
            count == 0
                ? " is what the schema says\n"
                : ": %d %s in %s\n"
                    .formatted(
                        count, count == 1 ? "statement" : "statements", Units.time(pushed.took())))
        .toString();
  }
}
