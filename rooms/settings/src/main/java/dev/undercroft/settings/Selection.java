package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a command works on: a workspace, and one project of it when the person named one or stands
 * in its folder. Immutable.
 */
public final class Selection {

  private final Workspace workspace;
  private final @Nullable Project project;
  private final ProjectFile workspaceFile;

  /** By the name of the project. */
  private final Map<String, ProjectFile> files;

  Selection(
      Workspace workspace,
      @Nullable Project project,
      ProjectFile workspaceFile,
      Map<String, ProjectFile> files) {
    this.workspace = workspace;
    this.project = project;
    this.workspaceFile = workspaceFile;
    this.files = Map.copyOf(files);
  }

  /** The workspace. */
  public Workspace workspace() {
    return workspace;
  }

  /** The selected projects: the one that was named, else all. */
  public List<Project> projects() {
    return project == null ? workspace.projects() : List.of(project);
  }

  /** Whether one project was named or is the only one. */
  public boolean isOne() {
    return projects().size() == 1;
  }

  /**
   * The one selected project.
   *
   * @throws dev.undercroft.base.ProblemException if the workspace has several and none was named
   */
  public Project one() {
    if (!isOne()) {
      throw Problem.of(
              "SETTINGS_PROJECT_NOT_NAMED",
              ProblemKind.USAGE,
              "this needs one project, and the workspace "
                  + workspace.folder()
                  + " has "
                  + workspace.projects().size())
          .withRemedy(
              "Add --project with one of: "
                  + workspace.projects().stream()
                      .map(Project::name)
                      .collect(Collectors.joining(", "))
                  + ".")
          .exception();
    }
    return projects().getFirst();
  }

  /** The same workspace with this project of it selected. */
  public Selection narrowedTo(Project one) {
    if (!workspace.projects().contains(one)) {
      throw new IllegalArgumentException(one.name() + " is not in " + workspace.folder());
    }
    return new Selection(workspace, one, workspaceFile, files);
  }

  /** The selected project, or null when the workspace as a whole is selected. */
  @Nullable Project selected() {
    return isOne() ? projects().getFirst() : null;
  }

  ProjectFile workspaceFile() {
    return workspaceFile;
  }

  /** The file of the selected project; the workspace's when none is. */
  ProjectFile file() {
    Project one = selected();
    ProjectFile own = one == null ? null : files.get(one.name());
    return own == null ? workspaceFile : own;
  }
}
