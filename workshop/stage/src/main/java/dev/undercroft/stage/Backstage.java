package dev.undercroft.stage;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.ObservedSource;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.Sessions;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.testkit.InstalledProject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The data of an installed project as its application gets it: requests as the application role,
 * background work as the system role. Thread-safe; the test closes it.
 */
public final class Backstage implements AutoCloseable {

  private final ConnectionPool requests;
  private final ConnectionPool background;
  private final Data data;
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();

  /** Opens the pools. */
  public Backstage(InstalledProject project) {
    requests = pool(project, "app");
    background = pool(project, "system");
    data = new Data(new Sessions(requests), new Sessions(background));
  }

  private ConnectionPool pool(InstalledProject project, String role) {
    PostgresAddress address =
        (PostgresAddress) DatabaseUrl.parse(project.url(role), Path.of("").toAbsolutePath());
    return new ConnectionPool(
        project.name() + "_" + role,
        observed(new PostgresConnections(address, "a test")),
        PoolSettings.DEFAULT);
  }

  private ObservedSource observed(PostgresConnections connections) {
    return new ObservedSource(
        connections,
        (sql, took, outcome) -> {
          if (!sql.contains("set_config")) {
            statements.add(sql);
          }
        });
  }

  /** The application's statements since the last call, without those that name the caller. */
  public List<String> takeStatements() {
    List<String> taken = new ArrayList<>();
    for (String next = statements.poll(); next != null; next = statements.poll()) {
      taken.add(next);
    }
    return taken;
  }

  /** The application's data. */
  public Data data() {
    return data;
  }

  /** A caller with this id and role. */
  public static Caller caller(Object tenant, String role) {
    return new Caller(false, Optional.of(tenant.toString()), Optional.of(role));
  }

  @Override
  public void close() {
    requests.close();
    background.close();
  }
}
