package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.evolve.Answers;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Permission;
import dev.undercroft.evolve.Push;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.migrate.DatabaseMarker;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.platform.OpenProjects.OpenProject;
import dev.undercroft.settings.Environment;
import dev.undercroft.settings.Project;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Carries out {@link MigrateCommand.Push}. Thread-safe. */
public final class PushVerb {

  private static final Set<Environment> HERE = Set.of(Environment.DEVELOPMENT, Environment.TEST);
  private static final Set<DatabaseMarker.Environment> THERE =
      Set.of(DatabaseMarker.Environment.STAGING, DatabaseMarker.Environment.PRODUCTION);

  private final OpenProjects.Opener opener;
  private final BiFunction<Scope, Project, Push> push;
  private final Function<Scope, Environment> environment;

  /**
   * Nothing is opened yet.
   *
   * @param opener reaches databases
   * @param push is asked for when a schema is pushed; refuses a project whose kind of database it
   *     cannot serve
   * @param environment says what a scope is used for
   */
  public PushVerb(
      OpenProjects.Opener opener,
      BiFunction<Scope, Project, Push> push,
      Function<Scope, Environment> environment) {
    this.opener = opener;
    this.push = push;
    this.environment = environment;
  }

  SchemaPushed push(MigrateCommand.Push command, Progress progress) {
    long begun = System.nanoTime();
    if (!HERE.contains(environment.apply(command.scope()))) {
      throw elsewhere("the environment is " + environment.apply(command.scope()).word());
    }
    try (OpenProjects open = opener.open(command.scope())) {
      if (open.projects().size() != 1) {
        throw Problem.of(
                "PLATFORM_ONE_PROJECT", ProblemKind.USAGE, "the schema of one project is pushed")
            .withRemedy("Name it with --project.")
            .exception();
      }
      OpenProject project = open.projects().getFirst();
      refuse(project);
      Frame frame =
          new Frame(
              Frame.PLAIN.scope(),
              command.scratch(),
              Answers.read("the answers", command.answers()));
      Path folder = project.project().folder();
      Push.Outcome outcome =
          push.apply(command.scope(), project.project())
              .push(
                  project.inside().connectAsOwner(),
                  SourceFinder.find(
                      folder.relativize(project.project().schema()).toString(), folder),
                  frame,
                  Permission.read(command.allow()),
                  progress);
      return new SchemaPushed(
          project.name(),
          project.database(),
          outcome.statements(),
          outcome.questions(),
          outcome.notes(),
          Duration.ofNanos(System.nanoTime() - begun));
    }
  }

  private static void refuse(OpenProject project) {
    DatabaseMarker.Environment marked = project.migrations().marker().environment();
    if (THERE.contains(marked)) {
      throw elsewhere(project.database() + " says of itself that it is not for development");
    }
    MigrationStatus status = project.migrations().status();
    long open = status.entries().size() - status.count(State.APPLIED);
    if (open > 0) {
      throw Problem.of(
              "PLATFORM_PUSH_PENDING",
              ProblemKind.CONFLICT,
              "%d migrations of %s are not applied to %s, and would fail behind a push"
                  .formatted(open, project.name(), project.database()))
          .withRemedy("Apply them first with `undercroft migrate deploy`, then push.")
          .exception();
    }
  }

  private static RuntimeException elsewhere(String why) {
    return Problem.of(
            "PLATFORM_PUSH_REFUSED",
            ProblemKind.FORBIDDEN,
            "a schema is pushed in development only, and " + why)
        .withRemedy(
            "Make a migration with `undercroft migrate generate` and deploy it; without a project,"
                + " `schema apply` changes any database.")
        .exception();
  }
}
