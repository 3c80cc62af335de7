package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Answers;
import dev.undercroft.evolve.Draft;
import dev.undercroft.evolve.Drafting;
import dev.undercroft.evolve.Frame;
import dev.undercroft.evolve.Guess;
import dev.undercroft.evolve.SourceFinder;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/** Carries out {@link MigrateCommand.Draft}: makes a migration from the wanted schema. */
public final class DraftVerb {

  private static final DateTimeFormatter VERSION = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
  private static final int LONGEST = 60;

  private final BiFunction<Scope, Project, Drafting> drafting;
  private final InstantSource clock;

  /**
   * Works through these.
   *
   * @param drafting is asked for, by project, when a migration is drafted
   * @param clock gives the version of a migration
   */
  public DraftVerb(BiFunction<Scope, Project, Drafting> drafting, InstantSource clock) {
    this.drafting = drafting;
    this.clock = clock;
  }

  MigrationDrafted draft(MigrateCommand.Draft command) {
    Project project =
        ProjectFinder.find(
                command.scope().directory(),
                command.scope().projects().isEmpty() ? null : command.scope().projects().getFirst())
            .one();
    Frame frame =
        new Frame(
            Frame.PLAIN.scope(), command.scratch(), Answers.read("the answers", command.answers()));
    Path folder = project.folder();
    Draft draft =
        drafting
            .apply(command.scope(), project)
            .draft(
                project.migrations(),
                SourceFinder.find(folder.relativize(project.schema()).toString(), folder),
                frame);
    Optional<Path> written =
        draft.isEmpty() || draft.hasQuestions()
            ? Optional.empty()
            : Optional.of(write(project, command.name(), draft));
    return answer(project, draft, written);
  }

  private static MigrationDrafted answer(Project project, Draft draft, Optional<Path> written) {
    return new MigrationDrafted(
        project.name(),
        written,
        draft.up(),
        draft.down(),
        draft.comparison().plan().steps().stream()
            .flatMap(step -> step.warnings().stream())
            .map(warning -> warning.hazard().word() + ": " + warning.sentence())
            .distinct()
            .toList(),
        draft.comparison().guesses().stream().map(Guess::line).toList(),
        draft.lines(),
        Optional.empty(),
        draft.comparison().notes());
  }

  private Path write(Project project, String name, Draft draft) {
    String version = VERSION.format(clock.instant().atOffset(ZoneOffset.UTC));
    Path folder = project.migrations().resolve(later(project, version) + "_" + slug(name));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("migration.sql"), draft.up());
      if (!draft.down().isEmpty()) {
        Files.writeString(folder.resolve("down.sql"), draft.down());
      }
      return folder;
    } catch (IOException cause) {
      throw Problem.of("PLATFORM_NOT_WRITTEN", ProblemKind.EXTERNAL, "could not write " + folder)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the folder writable.")
          .exception(cause);
    }
  }

  /** A version behind all that are there, also where their clocks were ahead. */
  private static long later(Project project, String version) {
    List<Long> versions =
        dev.undercroft.migrate.MigrationText.read(project.migrations()).stream()
            .map(text -> Long.parseLong(text.name().substring(0, text.name().indexOf('_'))))
            .toList();
    long last = versions.isEmpty() ? 0 : versions.getLast();
    return Math.max(Long.parseLong(version), last + 1);
  }

  /** A name in a few words as part of the name of a folder. */
  static String slug(String name) {
    String slug =
        name.strip()
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    if (slug.isEmpty()) {
      throw Problem.of(
              "PLATFORM_MIGRATION_NAME", ProblemKind.USAGE, "'" + name + "' names no migration")
          .withRemedy("Say in a few words what it does: --name add_orders.")
          .exception();
    }
    return slug.length() > LONGEST ? slug.substring(0, LONGEST) : slug;
  }
}
