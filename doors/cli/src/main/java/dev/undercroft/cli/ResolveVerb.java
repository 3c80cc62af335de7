package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Correcting the history of migrations. */
final class ResolveVerb {

  private static final Option APPLIED =
      Option.of("--applied", "NAME", "Its changes are in the database.");
  private static final Option ROLLED_BACK =
      Option.of(
          "--rolled-back", "NAME", "Its changes are not in the database; it is pending again.");
  private static final Option DONE =
      Option.of("--statement-done", "NAME", "Its statement of unknown outcome took effect.");
  private static final Option NOT_DONE =
      Option.of("--statement-not-done", "NAME", "That statement took no effect; it runs again.");

  private ResolveVerb() {}

  static Verb resolve() {
    return Verb.named("migrate resolve")
        .says(
            "Corrects the history after you have repaired a database by hand, or found out whether"
                + " a statement took effect. Give one of the four options.")
        .option(APPLIED)
        .option(ROLLED_BACK)
        .option(DONE)
        .option(NOT_DONE)
        .example(
            "undercroft migrate resolve --project shop --applied 20260102030405_add_orders",
            "Its changes are there; go on with the next.")
        .example(
            "undercroft migrate resolve --project shop --rolled-back 20260102030405_add_orders",
            "Its changes are not there; run it again.")
        .answers(MigrationReport.class)
        .does(ResolveVerb::run);
  }

  private static int run(Call call) {
    Map<Option, MigrateCommand.Resolve.As> meanings = new LinkedHashMap<>();
    meanings.put(APPLIED, MigrateCommand.Resolve.As.APPLIED);
    meanings.put(ROLLED_BACK, MigrateCommand.Resolve.As.ROLLED_BACK);
    meanings.put(DONE, MigrateCommand.Resolve.As.STATEMENT_DONE);
    meanings.put(NOT_DONE, MigrateCommand.Resolve.As.STATEMENT_NOT_DONE);
    List<Option> given =
        meanings.keySet().stream().filter(one -> call.text(one).isPresent()).toList();
    if (given.size() != 1) {
      throw Problem.of(
              "CLI_EITHER_OR",
              ProblemKind.USAGE,
              given.isEmpty()
                  ? "`undercroft migrate resolve` needs --applied NAME or --rolled-back NAME"
                  : given.getFirst().name() + " and " + given.get(1).name() + " exclude each other")
          .withRemedy("See `undercroft migrate resolve --help`.")
          .exception();
    }
    Option one = given.getFirst();
    MigrateCommand.Resolve command =
        new MigrateCommand.Resolve(
            call.scope(), call.text(one).orElseThrow(), Objects.requireNonNull(meanings.get(one)));
    call.answer(call.run(command), report -> MigrateText.report(report, call));
    return 0;
  }
}
