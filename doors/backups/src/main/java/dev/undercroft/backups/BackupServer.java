package dev.undercroft.backups;

import dev.undercroft.backup.Repository;
import dev.undercroft.pgbackup.Connections;
import dev.undercroft.pgbackup.SqlBackupSource;
import dev.undercroft.pgbackup.WalStreaming;
import dev.undercroft.pgbackup.WalSummaries;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.ServerUnderBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/** Makes a server ready for backups. Stateless, thread-safe. */
final class BackupServer {

  private static final int SHOWN_DIGITS = 8;

  private BackupServer() {}

  /**
   * A server as backups see it; one of this machine is read file by file.
   *
   * @param repository where its log goes; its name tells the replication slot
   */
  static ServerUnderBackup of(Cluster cluster, Repository repository) {
    PostgresConnections ordinary =
        new PostgresConnections(cluster.administrator(), "undercroft backup");
    Connections sql = ordinary::open;
    return new ServerUnderBackup(
        new SqlBackupSource(
            sql, cluster.data().isPresent() ? readable(ordinary) : Optional.empty()),
        new WalSummaries(sql),
        new WalStreaming(ordinary::openReplication, sql, slot(repository)));
  }

  /** The data directory of a server of this machine, if this process may read it. */
  private static Optional<Path> readable(PostgresConnections connections) {
    try (Connection connection = connections.open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show data_directory")) {
      row.next();
      Path data = Path.of(row.getString(1));
      return Files.isReadable(data.resolve("global/pg_control"))
          ? Optional.of(data)
          : Optional.empty();
    } catch (SQLException throughSqlThen) {
      return Optional.empty();
    }
  }

  /** Each repository has a slot of its own on the server. */
  static String slot(Repository repository) {
    return "undercroft_" + repository.id().replace("-", "").substring(0, SHOWN_DIGITS);
  }
}
