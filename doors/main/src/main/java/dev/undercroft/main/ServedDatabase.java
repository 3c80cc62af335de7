package dev.undercroft.main;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.ObservedSource;
import dev.undercroft.access.Sessions;
import dev.undercroft.base.ProblemException;
import dev.undercroft.migrate.MigrationStatus;
import dev.undercroft.migrate.MigrationStatus.State;
import dev.undercroft.sdk.DatabaseHealth.Migrations;
import dev.undercroft.sdk.DatabaseHealth.Snapshot;
import dev.undercroft.sdk.Live;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database of a project while it is served: pools, probe, executor. Thread-safe. */
final class ServedDatabase implements AutoCloseable {

  private final String project;
  private final ProjectDatabase database;
  private final ConnectionPool requests;
  private final ConnectionPool background;
  private final DatabaseProbe probe;
  private final Live live;

  /**
   * Opens nothing yet.
   *
   * @param project the project's name
   * @param database its database
   * @param watch hears of every statement
   * @param meters shows how the pools are used
   */
  ServedDatabase(
      String project, ProjectDatabase database, StatementWatch watch, MeterRegistry meters) {
    this.project = project;
    this.database = database;
    this.requests =
        new ConnectionPool(
            project, new ObservedSource(database.ways().application(), watch), database.pool());
    this.background =
        new ConnectionPool(
            project + "-system",
            new ObservedSource(database.ways().system(), watch),
            database.pool().withMinimum(0));
    this.probe =
        new DatabaseProbe(
            new ConnectionPool(
                project + "-health", database.ways().system(), DatabaseProbe.poolSettings()),
            database.vitals(),
            () -> Optional.of(requests.use()),
            InstantSource.system());
    this.live = new Live(database.ways().application());
    PoolMeters.bind(meters, requests);
    PoolMeters.bind(meters, background);
  }

  /** The project's name. */
  String project() {
    return project;
  }

  /** The database. */
  ProjectDatabase database() {
    return database;
  }

  /** For requests: bound by row policies. */
  Sessions requests() {
    return new Sessions(requests);
  }

  /** For background work: not bound by row policies. */
  Sessions background() {
    return new Sessions(background);
  }

  /** Tells callers what changes in it. */
  Live live() {
    return live;
  }

  /** How the database is, with rows of these tables. */
  Snapshot check(List<String> tables) {
    return probe.check(tables);
  }

  /** Names of migrations by state; empty lists when the history cannot be read. */
  Migrations migrations() {
    try {
      return names(database.migrations().status());
    } catch (ProblemException unreadable) {
      return new Migrations(false, List.of(), List.of(), List.of());
    }
  }

  private static Migrations names(MigrationStatus status) {
    List<String> applied = new ArrayList<>();
    List<String> pending = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (MigrationStatus.Entry entry : status.entries()) {
      listOf(entry.state(), applied, pending, failed).add(entry.name());
    }
    return new Migrations(true, applied, pending, failed);
  }

  private static List<String> listOf(
      State state, List<String> applied, List<String> pending, List<String> failed) {
    return switch (state) {
      case APPLIED -> applied;
      case PENDING, LATE, RUNNING -> pending;
      case FAILED, CHANGED, MISSING -> failed;
    };
  }

  /** Waits for what runs, at most this long, then closes every connection. */
  void drain(Duration patience) {
    requests.drain(patience);
    background.drain(patience);
    close();
  }

  @Override
  public void close() {
    live.close();
    probe.close();
    requests.close();
    background.close();
  }
}
