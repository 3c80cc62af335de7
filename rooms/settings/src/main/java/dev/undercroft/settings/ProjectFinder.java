package dev.undercroft.settings;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the project or workspace that a command works on: the nearest folder upwards that has an
 * {@code undercroft.toml}, and above it the workspace that lists it. Stateless, thread-safe.
 */
public final class ProjectFinder {

  private static final Pattern PROJECT_NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  private ProjectFinder() {}

  /**
   * Finds what a person means.
   *
   * @param directory where the command was called, absolute
   * @param named the name or folder of a project, or null
   * @throws ProblemException if there is no project, if there is none of that name, or with every
   *     problem of the files that were read
   */
  public static Selection find(Path directory, @Nullable String named) {
    Path here = directory.toAbsolutePath().normalize();
    if (named == null) {
      return around(nearest(here).orElseThrow(() -> nothing(here)));
    }
    Optional<Selection> around = nearest(here).map(ProjectFinder::around);
    Optional<Selection> byName =
        around.flatMap(selection -> selection.workspace().find(named).map(selection::narrowedTo));
    return byName.or(() -> byPath(here, named)).orElseThrow(() -> noSuch(named, here, around));
  }

  private static Optional<Selection> byPath(Path here, String named) {
    try {
      Path folder = here.resolve(named).normalize();
      if (folder.endsWith(Project.FILE)) {
        folder = Objects.requireNonNull(folder.getParent());
      }
      return Files.isRegularFile(folder.resolve(Project.FILE))
          ? Optional.of(around(folder))
          : Optional.empty();
    } catch (InvalidPathException notAPath) {
      return Optional.empty();
    }
  }

  private static Optional<Path> nearest(Path directory) {
    for (Path folder = directory; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(Project.FILE))) {
        return Optional.of(folder);
      }
    }
    return Optional.empty();
  }

  private static Selection around(Path folder) {
    ProjectFile file = checked(ProjectFileReader.read(folder.resolve(Project.FILE)));
    if (file.members() != null) {
      return workspace(folder, file, null);
    }
    for (Path above = folder.getParent(); above != null; above = above.getParent()) {
      Path candidate = above.resolve(Project.FILE);
      if (Files.isRegularFile(candidate)) {
        ProjectFile outer = ProjectFileReader.read(candidate);
        if (lists(above, outer, folder)) {
          return workspace(above, checked(outer), folder);
        }
      }
    }
    Project project = project(folder, file);
    return new Selection(
        new Workspace(folder, List.of(project)),
        project,
        ProjectFile.empty(file.path()),
        Map.of(project.name(), file));
  }

  private static boolean lists(Path above, ProjectFile outer, Path folder) {
    return outer.members() != null
        && outer.members().stream()
            .anyMatch(member -> above.resolve(member).normalize().equals(folder));
  }

  private static Selection workspace(Path folder, ProjectFile file, @Nullable Path selected) {
    List<Project> projects = new ArrayList<>();
    Map<String, ProjectFile> files = new HashMap<>();
    List<Problem> problems = new ArrayList<>();
    Project one = null;
    for (String member : Objects.requireNonNull(file.members())) {
      Path memberFolder = folder.resolve(member).normalize();
      try {
        ProjectFile memberFile = memberFile(folder, file, memberFolder);
        Project project = project(memberFolder, memberFile);
        projects.stream()
            .filter(other -> other.name().equals(project.name()))
            .findFirst()
            .ifPresent(other -> problems.add(sameName(other, project)));
        projects.add(project);
        files.put(project.name(), memberFile);
        one = memberFolder.equals(selected) ? project : one;
      } catch (ProblemException wrong) {
        problems.addAll(wrong.problems());
      }
    }
    if (projects.isEmpty() && problems.isEmpty()) {
      problems.add(
          Problem.of(
                  "SETTINGS_EMPTY_WORKSPACE",
                  ProblemKind.INPUT,
                  "the workspace " + file.path() + " lists no project")
              .withRemedy("Run `undercroft init NAME` in it, or list one under [workspace]."));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new Selection(new Workspace(folder, List.copyOf(projects)), one, file, files);
  }

  private static ProjectFile memberFile(Path folder, ProjectFile file, Path memberFolder) {
    if (memberFolder.equals(folder)) {
      return file;
    }
    Path memberFile = memberFolder.resolve(Project.FILE);
    if (!Files.isRegularFile(memberFile)) {
      throw Problem.of(
              "SETTINGS_NO_SUCH_MEMBER",
              ProblemKind.INPUT,
              file.path()
                  + " lists the project "
                  + folder.relativize(memberFolder)
                  + ", but there is no "
                  + memberFile)
          .withRemedy("Correct the list under [workspace], or run `undercroft init` there.")
          .exception();
    }
    return checked(ProjectFileReader.read(memberFile));
  }

  private static Project project(Path folder, ProjectFile file) {
    Map<String, String> keys = file.project();
    String name = keys == null ? null : keys.get("name");
    if (keys == null || name == null || !PROJECT_NAME.matcher(name).matches()) {
      throw Problem.of(
              "SETTINGS_PROJECT_NAME",
              ProblemKind.INPUT,
              name == null
                  ? file.path() + " does not name its project"
                  : "'" + name + "' in " + file.path() + " cannot be a project's name")
          .withRemedy(
              "Write name = \"shop\" under [project]: small letters, digits and _, beginning with"
                  + " a letter, at most 40.")
          .exception();
    }
    return new Project(
        name,
        keys.getOrDefault("title", name),
        folder,
        folder.resolve(keys.getOrDefault("schema", "schema")),
        folder.resolve(keys.getOrDefault("migrations", "migrations")),
        folder.resolve(keys.getOrDefault("seed", "seed")),
        folder.resolve(keys.getOrDefault("grants", "grants.sql")));
  }

  private static ProjectFile checked(ProjectFile file) {
    if (!file.problems().isEmpty()) {
      throw new ProblemException(file.problems());
    }
    return file;
  }

  private static Problem sameName(Project one, Project other) {
    return Problem.of(
            "SETTINGS_SAME_NAME",
            ProblemKind.INPUT,
            "two projects are called '"
                + one.name()
                + "': "
                + one.folder()
                + " and "
                + other.folder())
        .withRemedy("Give one of them another name under [project].");
  }

  private static ProblemException nothing(Path here) {
    return Problem.of(
            "SETTINGS_NO_PROJECT",
            ProblemKind.NOT_FOUND,
            "there is no " + Project.FILE + " in " + here + " or any folder above it")
        .withRemedy(
            "Run `undercroft init` to make a project here, or name one with --project FOLDER.")
        .exception();
  }

  private static ProblemException noSuch(String named, Path here, Optional<Selection> around) {
    List<String> names =
        around
            .map(selection -> selection.workspace().projects().stream().map(Project::name).toList())
            .orElse(List.of());
    String remedy =
        Nearest.to(named, names)
            .map(near -> "Did you mean " + near + "?")
            .orElse(
                names.isEmpty()
                    ? "Give the folder of a project; it contains " + Project.FILE + "."
                    : "The projects are: " + String.join(", ", names) + ".");
    return Problem.of(
            "SETTINGS_NO_SUCH_PROJECT",
            ProblemKind.NOT_FOUND,
            "'" + named + "' is neither a project nor a project's folder, seen from " + here)
        .withRemedy(remedy)
        .exception();
  }
}
