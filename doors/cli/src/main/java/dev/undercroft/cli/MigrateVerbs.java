package dev.undercroft.cli;

import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrateCommand.Action;
import dev.undercroft.platform.MigrationReport;

/** Migrations and seeds. */
final class MigrateVerbs {

  private static final Option DRY_RUN =
      Option.flag("--dry-run", "Prints the SQL that would run and changes nothing.");
  private static final Option TO =
      Option.of("--to", "NAME", "The last migration to mark; all by default.");

  private MigrateVerbs() {}

  static Verb deploy() {
    return Verb.named("migrate deploy")
        .says(
            "Applies pending migrations in order, once, one deployer at a time. A failed migration"
                + " stops it and blocks the next run until it is resolved.")
        .option(DRY_RUN)
        .example("undercroft migrate deploy", "Applies what is pending in every project.")
        .example("undercroft migrate deploy --dry-run --project shop", "Shows the SQL first.")
        .answers(Deployments.class)
        .does(call -> {
          Action action = call.has(DRY_RUN) ? Action.DRY_RUN : Action.RUN;
          Deployments done = call.run(new MigrateCommand.Deploy(call.scope(), action));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }

  static Verb status() {
    return Verb.named("migrate status")
        .says(
            "Compares the migration files with the history in the database: applied, pending,"
                + " failed, changed or missing. Changes nothing.")
        .example("undercroft migrate status", "For people.")
        .example("undercroft migrate status --json --project shop", "For programs.")
        .no("something is pending, failed, changed or missing")
        .answers(MigrationReport.class)
        .does(call -> {
          MigrationReport report = call.run(new MigrateCommand.Status(call.scope()));
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
