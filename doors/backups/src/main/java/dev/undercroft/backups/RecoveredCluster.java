package dev.undercroft.backups;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.settings.BackupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A cluster that is fetched into a new home and started there to recover. One thread at a time. */
final class RecoveredCluster {

  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final String DATABASES =
      "select datname from pg_catalog.pg_database where datallowconn and not datistemplate order by 1";

  private final BackupPlace place;
  private final RestorePlan plan;
  private final EmbeddedHome home;
  private final Tablespaces tablespaces;

  RecoveredCluster(
      BackupPlace place, RestorePlan plan, EmbeddedHome home, Tablespaces tablespaces) {
    this.place = place;
    this.plan = plan;
    this.home = home;
    this.tablespaces = tablespaces;
  }

  RestorePlan plan() {
    return plan;
  }

  Path data() {
    return home.data();
  }

  /** Writes files, log, settings and secrets; how long it took. */
  Duration fetch(Site site, Progress progress) throws IOException {
    long begun = System.nanoTime();
    int workers = site.settings().get(BackupSettings.WORKERS);
    new Restorer(place.repository(), workers, tablespaces)
        .restore(plan.id(), home.data(), progress);
    progress.report("fetching the log", 0, 0);
    new RestoredLog(plan).prepare(home.data());
    keepPasswords(site);
    home.adopt(List.copyOf(tablespaces.of(plan.backup()).values()));
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  /** Those of the time of the backup, else the present ones. */
  private void keepPasswords(Site site) throws IOException {
    Map<String, String> all = new TreeMap<>(present(site.secrets()));
    all.putAll(new Companion(place.repository(), plan.id()).passwords());
    for (var each : all.entrySet()) {
      Path file = home.secrets().file(each.getKey());
      Files.createDirectories(file.resolveSibling("."));
      Files.setPosixFilePermissions(
          file.resolveSibling(".").normalize(), PosixFilePermissions.fromString("rwx------"));
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, each.getValue());
    }
  }

  private static Map<String, String> present(Path folder) throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String name = String.valueOf(file.getFileName());
          if (!name.startsWith(".")) {
            all.put(name, Files.readString(file));
          }
        }
      }
    }
    return all;
  }

  /**
   * Starts the server and waits until it has recovered.
   *
   * @param remote how the server is reached that was backed up, when somebody else runs it; its
   *     role is in the copy too
   */
  Running start(Optional<PostgresAddress> remote, Progress progress) {
    if (remote.isPresent()) {
      // The server's superuser is not ours; the file only says that this home has one.
      Secret unused = home.secrets().getOrCreate(EmbeddedServer.PASSWORD);
      assert !unused.isEmpty();
    }
    long begun = System.nanoTime();
    EmbeddedServer server = EmbeddedServer.start(home.settings(), Progress.NONE);
    boolean recovered = false;
    try {
      PostgresAddress address = address(server, remote);
      awaitRecovery(server, address, progress);
      recovered = true;
      return new Running(server, address, Duration.ofNanos(System.nanoTime() - begun), home.data());
    } finally {
      if (!recovered) {
        server.close();
      }
    }
  }

  private static PostgresAddress address(EmbeddedServer server, Optional<PostgresAddress> remote) {
    return new PostgresAddress(
        List.of(new HostPort(server.host(), server.port())),
        remote.map(PostgresAddress::database).orElse("postgres"),
        remote.map(PostgresAddress::user).orElse(EmbeddedSettings.SUPERUSER),
        remote.map(PostgresAddress::password).orElseGet(server::password),
        Map.of());
  }

  private void awaitRecovery(EmbeddedServer server, PostgresAddress address, Progress progress) {
    PostgresConnections connections = new PostgresConnections(address, "undercroft restore");
    while (true) {
      try (Connection connection = connections.open();
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select pg_catalog.pg_is_in_recovery(), pg_catalog.pg_last_wal_replay_lsn()::text")) {
        row.next();
        if (!row.getBoolean(1)) {
          return;
        }
        progress.report("replaying the log, at " + row.getString(2), 0, 0);
      } catch (SQLException | ProblemException notYet) {
        if (!server.isAlive()) {
          throw diedInRecovery(server, notYet);
        }
        if (notYet instanceof ProblemException refused && isFinal(refused)) {
          throw refused;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isFinal(ProblemException refused) {
    return refused.first().kind() == ProblemKind.INPUT
        || refused.first().kind() == ProblemKind.FORBIDDEN;
  }

  private ProblemException diedInRecovery(EmbeddedServer server, Exception cause) {
    return Problem.of(
            "BACKUP_RECOVERY_FAILED",
            ProblemKind.EXTERNAL,
            "the server ended while it recovered from backup " + plan.id())
        .withDetail("Its log: " + server.logFile().map(Path::toString).orElse("none"))
        .withRemedy("Read the log; try another backup or an earlier moment.")
        .exception(cause);
  }

  /** The recovered server. */
  static final class Running implements AutoCloseable {
    private final EmbeddedServer server;
    private final PostgresAddress address;
    private final Duration replay;
    private final Path data;

    Running(EmbeddedServer server, PostgresAddress address, Duration replay, Path data) {
      this.server = server;
      this.address = address;
      this.replay = replay;
      this.data = data;
    }

    /** How long starting and replaying took. */
    Duration replay() {
      return replay;
    }

    PostgresAddress address() {
      return address;
    }

    List<String> databases() throws IOException {
      List<String> names = new ArrayList<>();
      try (Connection connection = new PostgresConnections(address, "undercroft restore").open();
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(DATABASES)) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
        return names;
      } catch (SQLException e) {
        throw new IOException("the restored server does not tell its databases", e);
      }
    }

    /** Stops it and removes what only recovery needed. */
    void stopClean() throws IOException {
      server.close();
      RestoredLog.forget(data);
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
