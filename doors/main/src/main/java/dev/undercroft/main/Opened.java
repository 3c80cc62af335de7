package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.HealthReport.ProjectHealth;
import dev.undercroft.platform.OpenProjects;
import dev.undercroft.platform.Scope;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The databases of a scope for one verb. In the serving process they are those that are served; in
 * another, those of the running server, or of a server that is started for this verb alone.
 */
final class Opened implements OpenProjects {

  private final List<OpenProject> projects;
  private final Runnable closing;

  private Opened(List<OpenProject> projects, Runnable closing) {
    this.projects = List.copyOf(projects);
    this.closing = closing;
  }

  /**
   * Opens.
   *
   * @param scope what is meant
   * @param own the instance of this process that serves a scope
   * @param hosts finds or starts servers
   */
  static OpenProjects of(Scope scope, Function<Scope, Optional<Instance>> own, Hosts hosts) {
    Optional<Instance> instance = own.apply(scope);
    if (instance.isPresent()) {
      return served(instance.get(), scope);
    }
    Ground ground = Ground.read(scope, Purpose.COMMAND);
    ground.state().make();
    Optional<RunState.ServerReach> running =
        new RunFile(ground.state().runFile())
            .read()
            .filter(run -> run.process().isPresent())
            .flatMap(RunState::server);
    Host host =
        running
            .map(reach -> hosts.join(ground, reach))
            .orElseGet(() -> hosts.open(ground, Progress.NONE));
    return prepared(ground, host);
  }

  /** The databases that this process serves; closing them does nothing. */
  static OpenProjects served(Instance instance, Scope scope) {
    List<Project> meant = Ground.select(scope).projects();
    List<OpenProject> projects = new ArrayList<>();
    for (Project project : meant) {
      instance.databases().stream()
          .filter(database -> database.project().equals(project.name()))
          .forEach(database -> projects.add(open(project, database)));
    }
    return new Opened(projects, () -> {});
  }

  private static OpenProjects prepared(Ground ground, Host host) {
    List<ServedDatabase> databases = new ArrayList<>();
    boolean whole = false;
    try {
      Map<Project, ServedDatabase> prepared =
          new Parallel<ServedDatabase>(ground.projects().keySet())
              .each(project -> served(ground, host, project));
      databases.addAll(prepared.values());
      List<OpenProject> projects = new ArrayList<>();
      prepared.forEach((project, database) -> projects.add(open(project, database)));
      whole = true;
      return new Opened(
          projects,
          () -> {
            databases.forEach(ServedDatabase::close);
            host.close();
          });
    } finally {
      if (!whole) {
        databases.forEach(ServedDatabase::close);
        host.close();
      }
    }
  }

  private static ServedDatabase served(Ground ground, Host host, Project project) {
    SimpleMeterRegistry nobodyReads = new SimpleMeterRegistry();
    return new ServedDatabase(
        project.name(),
        host.prepare(project, ground.settingsOf(project)),
        new StatementWatch(
            project.name(),
            ground.settingsOf(project).get(DatabaseSettings.SLOW_STATEMENT),
            nobodyReads),
        nobodyReads);
  }

  private static OpenProject open(Project project, ServedDatabase served) {
    return new OpenProject(
        project, served.database().name(), served.database().migrations(), new Within(served));
  }

  @Override
  public List<OpenProject> projects() {
    return projects;
  }

  @Override
  public void close() {
    closing.run();
  }

  /** What else can be done inside a served database. */
  private record Within(ServedDatabase served) implements Inside {

    private static final String AS_OWNER =
        "select set_config('role', pg_get_userbyid(datdba), false) from pg_database"
            + " where datname = current_database() and pg_has_role(datdba, 'MEMBER')";

    @Override
    public List<Problem> warnings() {
      return served.database().aftermath().warnings();
    }

    @Override
    public void grant() {
      served.database().aftermath().grants().run();
    }

    @Override
    public Connection connect() {
      return served.database().ways().migrator().open();
    }

    @Override
    public Connection connectAsOwner() {
      Connection connection = connect();
      try (Statement statement = connection.createStatement()) {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
          statement.execute(AS_OWNER);
        }
        return connection;
      } catch (SQLException refused) {
        throw Problem.of(
                "MAIN_NOT_THE_OWNER",
                ProblemKind.EXTERNAL,
                "%s: objects cannot be made in the name of the owner"
                    .formatted(served.database().name()))
            .withDetail(String.valueOf(refused.getMessage()))
            .withRemedy("Run `undercroft doctor`, which looks at the roles.")
            .exception(refused);
      }
    }

    @Override
    public ProjectHealth health() {
      return HealthReports.of(served);
    }
  }
}
