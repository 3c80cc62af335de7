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
import dev.undercroft.sdk.Live;
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
  private final Live live;
  private final Queue<String> statements = new ConcurrentLinkedQueue<>();

  /** Opens the pools. */
  public Backstage(InstalledProject project) {
    requests = pool(project, "app");
    background = pool(project, "system");
    data = new Data(new Sessions(requests), new Sessions(background));
    live = new Live(new PostgresConnections(address(project, "app"), "a test"));
  }

  private ConnectionPool pool(InstalledProject project, String role) {
    return new ConnectionPool(
        project.name() + "_" + role,
        observed(new PostgresConnections(address(project, role), "a test")),
        PoolSettings.DEFAULT);
  }

  private static PostgresAddress address(InstalledProject project, String role) {
    return (PostgresAddress) DatabaseUrl.parse(project.url(role), Path.of("").toAbsolutePath());
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

  /** The application's live updates. */
  public Live live() {
    return live;
  }

  /** A caller with this id and role. */
  public static Caller caller(Object tenant, String role) {
    return new Caller(false, Optional.of(tenant.toString()), Optional.of(role));
  }

  @Override
  public void close() {
    live.close();
    requests.close();
    background.close();
  }
}
