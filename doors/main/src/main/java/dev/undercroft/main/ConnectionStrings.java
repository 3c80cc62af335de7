package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.platform.ConnectionUrls;
import dev.undercroft.platform.ConnectionUrls.ConnectionUrl;
import dev.undercroft.platform.InspectCommand.Url;
import dev.undercroft.postgres.ProjectRoles;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Purpose;
import dev.undercroft.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says how programs reach the databases of a scope. Starts and opens nothing. */
final class ConnectionStrings {

  /** What libpq refuses in a URL: words of the JDBC driver, of Prisma and of our pools. */
  private static final Set<PostgresParameter> OURS =
      Set.of(
          PostgresParameter.SOCKET_TIMEOUT,
          PostgresParameter.SCHEMA,
          PostgresParameter.KEEPALIVES,
          PostgresParameter.PGBOUNCER,
          PostgresParameter.STATEMENT_CACHE_SIZE,
          PostgresParameter.PREPARE_THRESHOLD,
          PostgresParameter.REWRITE_BATCHED_INSERTS,
          PostgresParameter.DEFAULT_ROW_FETCH_SIZE,
          PostgresParameter.CONNECTION_LIMIT,
          PostgresParameter.POOL_MIN,
          PostgresParameter.POOL_TIMEOUT,
          PostgresParameter.POOL_IDLE_TIMEOUT,
          PostgresParameter.POOL_MAX_LIFETIME);

  private final Ground ground;
  private final Url.As as;

  private ConnectionStrings(Ground ground, Url.As as) {
    this.ground = ground;
    this.as = as;
  }

  /** The answer to the command. */
  static ConnectionUrls of(Url command) {
    Ground ground = Ground.read(command.scope(), Purpose.COMMAND);
    ConnectionStrings strings = new ConnectionStrings(ground, command.as());
    return new ConnectionUrls(
        command.as() == Url.As.SUPERUSER ? List.of(strings.superuser()) : strings.projects());
  }

  private EmbeddedReach server() {
    return EmbeddedReach.of(ground.state()).orElseThrow(() -> EmbeddedReach.down(ground));
  }

  private ConnectionUrl superuser() {
    boolean external =
        ground.projects().values().stream()
            .allMatch(settings -> settings.find(DatabaseSettings.URL).isPresent());
    if (external) {
      throw Problem.of(
              "MAIN_NO_SUPERUSER",
              ProblemKind.CONFLICT,
              "the database server is somebody else's, and so is its superuser")
          .withRemedy("Ask for another role, for example `undercroft url --role migrator`.")
          .exception();
    }
    PostgresAddress address = server().superuser();
    return new ConnectionUrl("", address.user(), address.revealedUrl().reveal());
  }

  private List<ConnectionUrl> projects() {
    return List.copyOf(
        new Parallel<ConnectionUrl>(ground.projects().keySet())
            .inTurn(project -> one(project, ground.settingsOf(project)))
            .values());
  }

  private ConnectionUrl one(Project project, Settings settings) {
    Optional<String> url = settings.find(DatabaseSettings.URL);
    if (url.isEmpty()) {
      EmbeddedReach server = server();
      String database = settings.find(DatabaseSettings.NAME).orElse(project.name());
      PostgresAddress there = server.superuser().withDatabase(database);
      return shown(project, as(project, there, server.secrets()));
    }
    DatabaseAddress address = DatabaseUrl.parse(url.get(), project.folder());
    return switch (address) {
      case PostgresAddress there ->
          shown(project, as(project, there, new SecretFolder(ground.state().secrets())));
      case SqliteAddress file -> new ConnectionUrl(project.name(), "", file.display());
    };
  }

  /** On a server where roles could not be made, the one of the URL is every role. */
  private PostgresAddress as(Project project, PostgresAddress there, SecretFolder secrets) {
    ProjectRoles roles = ProjectRoles.of(project.name());
    Identifier role =
        switch (as) {
          case APP -> roles.app();
          case SYSTEM -> roles.system();
          case MIGRATOR -> roles.migrator();
          case ANALYTICS -> roles.analytics();
          case BACKUP -> roles.backup();
          case SUPERUSER -> throw new IllegalStateException("the superuser is of no project");
        };
    Optional<Secret> password = secrets.find(role.text());
    return password.isPresent() ? there.withUser(role.text(), password.get()) : there;
  }

  private static ConnectionUrl shown(Project project, PostgresAddress address) {
    Map<PostgresParameter, String> parameters =
        address.parameters().entrySet().stream()
            .filter(parameter -> !OURS.contains(parameter.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    PostgresAddress plain =
        new PostgresAddress(
            address.hosts(), address.database(), address.user(), address.password(), parameters);
    return new ConnectionUrl(project.name(), address.user(), plain.revealedUrl().reveal());
  }
}
