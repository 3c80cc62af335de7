package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Squash;
import dev.undercroft.evolve.Squashing;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Carries out {@link MigrateCommand.Squash}. Thread-safe. */
public final class SquashVerb {

  private final BiFunction<Scope, Project, Squashing> squashing;

  /**
   * Works through this, which is asked for when migrations are squashed, and refuses a project
   * whose kind of database it cannot serve.
   */
  public SquashVerb(BiFunction<Scope, Project, Squashing> squashing) {
    this.squashing = squashing;
  }

  MigrationSquashed squash(MigrateCommand.Squash command) {
    Project project =
        ProjectFinder.find(
                command.scope().directory(),
                command.scope().projects().isEmpty() ? null : command.scope().projects().getFirst())
            .one();
    Frame frame = new Frame(Frame.PLAIN.scope(), command.scratch(), Frame.PLAIN.renames());
    Path migrations = project.migrations();
    Squash squash =
        squashing
            .apply(command.scope(), project)
            .squash(new Squashing.Range(migrations, command.from(), command.to()), frame);
    String last = squash.range().getLast();
    String version = last.substring(0, last.indexOf('_'));
    Path folder = migrations.resolve(version + "_" + DraftVerb.slug(command.name()));
    try {
      replace(migrations, folder, squash);
    } catch (IOException cause) {
      throw Problem.of("PLATFORM_NOT_WRITTEN", ProblemKind.EXTERNAL, "could not write " + folder)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable; take the old migrations back with git.")
          .exception(cause);
    }
    return new MigrationSquashed(
        project.name(), folder, squash.range(), squash.up(), squash.lines());
  }

  /** The new one is whole before an old one goes; both have the version of the last. */
  private static void replace(Path migrations, Path folder, Squash squash) throws IOException {
    Path fresh = Files.createTempDirectory(migrations, ".squash");
    Files.writeString(fresh.resolve("migration.sql"), squash.up());
    if (!squash.down().isEmpty()) {
      Files.writeString(fresh.resolve("down.sql"), squash.down());
    }
    for (String name : squash.range()) {
      remove(migrations.resolve(name));
      remove(migrations.resolve(name + ".sql"));
      remove(migrations.resolve(name + ".down.sql"));
    }
    Files.move(fresh, folder);
  }

  private static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path one : all) {
      Files.delete(one);
    }
  }
}
