package dev.undercroft.cli;

import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrateCommand.Action;
import dev.undercroft.platform.MigrateCommand.Drift;
import dev.undercroft.platform.MigrateCommand.Drift.When;
import dev.undercroft.platform.MigrationReport;

/** Migrations and seeds. */
final class MigrateVerbs {

  private static final Option DRY_RUN =
      Option.flag("--dry-run", "Prints the SQL that would run and changes nothing.");
  private static final Option NO_DRIFT_CHECK =
      Option.flag(
          "--no-drift-check", "Deploys although somebody may have changed the database otherwise.");
  private static final Option ALLOW_LATE =
      Option.flag(
          "--allow-late",
          "Applies migrations of lower versions than one applied, although the order may matter.");
  private static final Option DRIFT =
      Option.flag("--drift", "Compares the database with what its applied migrations give, too.");
  private static final Option SCRATCH =
      Option.of(
          "--scratch",
          "URL",
          "A running server on which scratch databases may be made; else the embedded one is"
              + " started for it, if need be.");
  private static final Option TO =
      Option.of("--to", "NAME", "The last migration to mark; all by default.");

  private MigrateVerbs() {}

  static Verb deploy() {
    return Verb.named("migrate deploy")
        .says(
            "Applies pending migrations in order, once, one deployer at a time. A failed migration"
                + " stops it and blocks the next run until it is resolved. Before something is"
                + " applied, the database is compared with what its applied migrations give; one"
                + " that somebody changed otherwise is refused, difference by difference.")
        .option(DRY_RUN)
        .option(NO_DRIFT_CHECK)
        .option(ALLOW_LATE)
        .option(SCRATCH)
        .example("undercroft migrate deploy", "Applies what is pending in every project.")
        .example("undercroft migrate deploy --dry-run --project shop", "Shows the SQL first.")
        .no("the database is not what its applied migrations give")
        .answers(Deployments.class)
        .does(call -> {
          Action action = call.has(DRY_RUN) ? Action.DRY_RUN : Action.RUN;
          Drift drift =
              new Drift(call.has(NO_DRIFT_CHECK) ? When.NEVER : When.AS_SET, call.text(SCRATCH));
          Deployments done =
              call.run(
                  new MigrateCommand.Deploy(call.scope(), action, drift, call.has(ALLOW_LATE)));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }

  static Verb status() {
    return Verb.named("migrate status")
        .says(
            "Compares the migration files with the history in the database: applied, pending,"
                + " failed, changed or missing. Changes nothing.")
        .option(DRIFT)
        .option(SCRATCH)
        .example("undercroft migrate status", "For people.")
        .example("undercroft migrate status --json --project shop", "For programs.")
        .example("undercroft migrate status --drift", "Did somebody change a database by hand?")
        .no("something is pending, failed, changed or missing, or the database differs")
        .answers(MigrationReport.class)
        .does(call -> {
          Drift drift = new Drift(call.has(DRIFT) ? When.ALWAYS : When.NEVER, call.text(SCRATCH));
          MigrationReport report = call.run(new MigrateCommand.Status(call.scope(), drift));
          call.answer(report, one -> MigrateText.report(one, call));
          return report.current() ? 0 : 3;
        });
  }

  static Verb baseline() {
    return Verb.named("migrate baseline")
        .says(
            "Takes an existing database into care: marks migrations as applied without running"
                + " them. Run it once, when the database already has what they make.")
        .option(TO)
        .example("undercroft migrate baseline --project shop", "Marks all migrations.")
        .example(
            "undercroft migrate baseline --project shop --to 20260102030405_add_orders",
            "Marks those up to this one.")
        .answers(MigrationReport.class)
        .does(call -> {
          MigrationReport report =
              call.run(new MigrateCommand.Baseline(call.scope(), call.text(TO)));
          call.answer(report, one -> MigrateText.report(one, call));
          return 0;
        });
  }

  static Verb seed() {
    return Verb.named("seed")
        .says("Runs the seed files in the order of their names. A second run changes nothing.")
        .example("undercroft seed", "Seeds every project around the working directory.")
        .answers(Deployments.class)
        .does(call -> {
          Deployments done = call.run(new MigrateCommand.Seed(call.scope()));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }

  static Verb setup() {
    return Verb.named("setup")
        .says("Applies pending migrations, then runs the seeds; stops at the first problem.")
        .example("undercroft setup --project shop", "Makes an empty database ready.")
        .answers(Deployments.class)
        .does(call -> {
          Deployments done = call.run(new MigrateCommand.Setup(call.scope()));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }
}
