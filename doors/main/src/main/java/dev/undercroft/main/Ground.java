package dev.undercroft.main;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Flag;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Selection;
import dev.undercroft.settings.Settings;
import dev.undercroft.settings.SettingsReader;
import dev.undercroft.settings.Surroundings;
import dev.undercroft.settings.Workspace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a scope stands on: the workspace that was found, the selected projects and their settings.
 * Immutable.
 *
 * @param workspace the workspace
 * @param settings the settings of the instance
 * @param projects the selected projects with their settings, in the order of the workspace
 * @param state where everything is kept that the product makes at run time
 */
record Ground(
    Workspace workspace, Settings settings, Map<Project, Settings> projects, StateFolder state) {

  private static final Path RUN_SECRETS = Path.of("/run/secrets");

  /** Finds workspace and projects, and reads nothing more. */
  static Selection select(Scope scope) {
    Selection selection = ProjectFinder.find(scope.directory(), null);
    for (String name : scope.projects()) {
      selection = ProjectFinder.find(scope.directory(), name);
    }
    return selection;
  }

  /**
   * The state folder of what a scope means: the folder of the data when it is set, as by {@code up
   * --data}, else the one in the workspace; and while nothing runs there, the one to which the last
   * {@code up} went.
   */
  static StateFolder stateOf(Scope scope) {
    Selection selection = select(scope);
    StateFolder usual = new StateFolder(selection.workspace().state());
    return named(scope, selection)
        .or(() -> usual.elsewhere().filter(there -> !usual.isServed()))
        .orElse(usual);
  }

  /** The state folder in which a start begins: the named one, else the one in the workspace. */
  static StateFolder stateToStart(Scope scope) {
    Selection selection = select(scope);
    return named(scope, selection).orElseGet(() -> new StateFolder(selection.workspace().state()));
  }

  private static Optional<StateFolder> named(Scope scope, Selection selection) {
    Settings settings =
        SettingsReader.report(selection, surroundings(scope), Purpose.COMMAND).settings();
    return settings.findPath(DatabaseSettings.DATA).map(StateFolder::new);
  }

  /**
   * Finds and reads.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong
   */
  static Ground read(Scope scope, Purpose purpose) {
    Selection selection = select(scope);
    Surroundings surroundings = surroundings(scope);
    Map<Project, Settings> projects =
        new Parallel<Settings>(selection.projects())
            .inTurn(project ->
                SettingsReader.read(selection.narrowedTo(project), surroundings, purpose));
    Settings own =
        selection.isOne()
            ? projects.values().iterator().next()
            : SettingsReader.read(selection, surroundings, purpose);
    StateFolder usual = new StateFolder(selection.workspace().state());
    StateFolder state =
        own.findPath(DatabaseSettings.DATA)
            .map(StateFolder::new)
            .orElseGet(() -> purpose == Purpose.COMMAND ? served(usual) : usual);
    return new Ground(selection.workspace(), own, projects, state);
  }

  /** Whether the settings name a SQLite file as the project's database. */
  static boolean isOnSqlite(Scope scope, Project project) {
    Selection selection = select(scope).narrowedTo(project);
    return SettingsReader.report(selection, surroundings(scope), Purpose.COMMAND)
        .settings()
        .find(DatabaseSettings.URL)
        .filter(url -> DatabaseUrl.parse(url, project.folder()) instanceof SqliteAddress)
        .isPresent();
  }

  /** What the process finds around it, with the scope's folder as working directory. */
  static Surroundings surroundings(Scope scope) {
    List<Flag> flags =
        scope.flags().entrySet().stream()
            .map(flag -> new Flag("--set", flag.getKey(), flag.getValue()))
            .toList();
    return new Surroundings(scope.directory(), System.getenv(), flags, RUN_SECRETS);
  }

  /** The settings of one of the selected projects. */
  Settings settingsOf(Project project) {
    return Objects.requireNonNull(projects.get(project));
  }

  /** What runs is meant: with {@code up --data} that is not the folder of the workspace. */
  private static StateFolder served(StateFolder usual) {
    return usual
        .elsewhere()
        .filter(there -> EmbeddedReach.of(usual).isEmpty() && EmbeddedReach.of(there).isPresent())
        .orElse(usual);
  }
}
