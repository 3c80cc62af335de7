package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.Deployments;
import dev.undercroft.platform.MigrateCommand;
import dev.undercroft.platform.MigrateCommand.Consent;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.IOException;
import java.util.Optional;

/**
 * What takes data away. A person types the project's name; without a terminal an option says it.
 */
final class DestructiveVerbs {

  private static final Option CONFIRM =
      Option.of("--confirm", "NAME", "The project's name, where nobody can be asked.");
  private static final Option FORCE = Option.flag("--force", "Needed besides in production.");
  private static final Option TO =
      Option.of("--to", "NAME", "The last migration that stays; by default one is undone.");

  private DestructiveVerbs() {}

  static Verb reset(String path) {
    return Verb.named(path)
        .says(
            "Removes everything from the database of one project and sets it up anew: migrations,"
                + " then seeds. All its data is lost. Asks for the project's name; refuses in"
                + " production without --force.")
        .option(CONFIRM)
        .option(FORCE)
        .example("undercroft " + path + " --project shop --confirm shop", "Resets without asking.")
        .answers(Deployments.class)
        .does(call -> {
          Scope scope = call.scope();
          Consent consent = consent(call, scope, "removes all data of");
          Deployments done = call.run(new MigrateCommand.Reset(scope, consent));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }

  static Verb down() {
    return Verb.named("migrate down")
        .says(
            "Undoes applied migrations by their down.sql, the latest first. What they made is"
                + " lost. Asks for the project's name; refuses in production without --force.")
        .option(TO)
        .option(CONFIRM)
        .option(FORCE)
        .example("undercroft migrate down --project shop --confirm shop", "Undoes the latest one.")
        .answers(Deployments.class)
        .does(call -> {
          Scope scope = call.scope();
          Consent consent = consent(call, scope, "undoes migrations of");
          Deployments done = call.run(new MigrateCommand.Down(scope, call.text(TO), consent));
          call.answer(done, one -> MigrateText.deployments(one, call));
          return 0;
        });
  }

  private static Consent consent(Call call, Scope scope, String effect) throws IOException {
    Optional<String> given = call.text(CONFIRM);
    boolean isForced = call.has(FORCE);
    if (given.isPresent()) {
      return new Consent(given, isForced);
    }
    Project project =
        ProjectFinder.find(
                scope.directory(), scope.projects().isEmpty() ? null : scope.projects().getFirst())
            .one();
    if (!call.terminal().faces().in() || !call.terminal().faces().err() || call.isJson()) {
      throw Problem.of(
              "CLI_NOT_CONFIRMED",
              ProblemKind.USAGE,
              "this " + effect + " " + project.name() + ", and nobody can be asked here")
          .withRemedy("Add --confirm=" + project.name() + " if that is meant.")
          .exception();
    }
    call.terminal()
        .err()
        .print(
            "This "
                + effect
                + " "
                + call.errorScreen().style().strong(project.name())
                + " in "
                + project.folder()
                + ".\nType the project's name to go on: ");
    call.terminal().err().flush();
    String typed = call.terminal().in().readLine();
    if (typed == null || !typed.strip().equals(project.name())) {
      throw Problem.of(
              "CLI_NOT_CONFIRMED", ProblemKind.USAGE, "the name was not typed; nothing was done")
          .withRemedy("Repeat the command and type " + project.name() + ".")
          .exception();
    }
    return new Consent(Optional.of(project.name()), isForced);
  }
}
