package dev.undercroft.main;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.access.DatabaseAddresses;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.base.SecretStore;
import dev.undercroft.embedded.SecretFolder;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The embedded server for projects without a database URL, and the server that the URL names for
 * the others. Thread-safe.
 */
final class ServerHost implements Host {

  private final Ground ground;
  private final Optional<Embedded> embedded;

  /**
   * The embedded server.
   *
   * @param admin how a superuser reaches it
   * @param secrets the passwords of its roles
   * @param description for people
   * @param data the folder of its data
   * @param reach how other processes reach it
   * @param stop stops it within a time; whether it went
   */
  record Embedded(
      PostgresAddress admin,
      SecretStore secrets,
      String description,
      Path data,
      Optional<RunState.ServerReach> reach,
      Predicate<Duration> stop) {}

  ServerHost(Ground ground, Optional<Embedded> embedded) {
    this.ground = ground;
    this.embedded = embedded;
  }

  @Override
  public String description() {
    return embedded
        .map(Embedded::description)
        .orElseGet(() ->
            ground.settings().find(DatabaseSettings.URL).isPresent()
                ? "external"
                : "external, one per project");
  }

  @Override
  public Path data() {
    return embedded.map(Embedded::data).orElse(ground.workspace().folder());
  }

  @Override
  public Optional<PostgresAddress> administrator() {
    return embedded.map(Embedded::admin);
  }

  @Override
  public Optional<RunState.ServerReach> reach() {
    return embedded.flatMap(Embedded::reach);
  }

  @Override
  public ProjectDatabase prepare(Project project, Settings settings) {
    PostgresProject postgres = new PostgresProject(project, settings);
    Optional<String> url = settings.find(DatabaseSettings.URL);
    if (url.isEmpty()) {
      Embedded server = embedded.orElseThrow();
      String name = settings.find(DatabaseSettings.NAME).orElse(project.name());
      PostgresAddress address = server.admin().withDatabase(name);
      return postgres.prepare(address, address, server.secrets());
    }
    DatabaseAddresses addresses =
        DatabaseAddresses.parse(
            url.get(), settings.find(DatabaseSettings.DIRECT_URL), project.folder());
    addresses
        .obstacleToMigrations()
        .ifPresent(obstacle -> {
          throw obstacle.exception();
        });
    SecretStore secrets = new SecretFolder(ground.state().secrets());
    return switch (addresses.queries()) {
      case PostgresAddress queries ->
          postgres.prepare(postgres(addresses.migrations()), queries, secrets);
      case SqliteAddress file -> new SqliteProject(project, settings).prepare(file);
    };
  }

  private static PostgresAddress postgres(DatabaseAddress address) {
    if (address instanceof PostgresAddress postgres) {
      return postgres;
    }
    throw new IllegalStateException("both URLs were found to be of one kind");
  }

  @Override
  public boolean stop(Duration patience) {
    return embedded.map(server -> server.stop().test(patience)).orElse(true);
  }
}
