package dev.undercroft.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The projects that share one embedded server and one state folder. A project that no workspace
 * lists is a workspace of its own. Immutable.
 *
 * @param folder the folder of the workspace, absolute
 * @param projects its projects, in the order of the file; never empty
 */
public record Workspace(Path folder, List<Project> projects) {

  /** Copies the list. */
  public Workspace {
    projects = List.copyOf(projects);
  }

  /** Where everything is kept that the product makes at run time. */
  public Path state() {
    return folder.resolve(".undercroft");
  }

  /** The project of this name. */
  public Optional<Project> find(String name) {
    return projects.stream().filter(project -> project.name().equals(name)).findFirst();
  }
}
