package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.backups.TableCopy.Name;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Brings one table back as it was at a moment: the whole cluster is restored into a scratch server,
 * and the table is copied from there into the living database. One thread at a time.
 */
final class TableRestore {

  /** Where a table goes whose name is taken. */
  private static final String BESIDE = "restored";

  private final Clusters clusters;
  private final Site site;
  private final BackupPlace place;

  TableRestore(Clusters clusters, Site site, BackupPlace place) {
    this.clusters = clusters;
    this.site = site;
    this.place = place;
  }

  BackupAnswer.TableRestored run(BackupCommand.RestoreTable wanted, Progress progress)
      throws IOException {
    ClusterRestore restore = new ClusterRestore(clusters, site, place);
    RestorePlan plan = restore.plan(wanted.moment());
    Path folder = site.state().resolve("scratch-" + UUID.randomUUID());
    EmbeddedHome home = EmbeddedHome.inEmpty(restore.settings(folder, plan));
    try {
      RecoveredCluster scratch =
          new RecoveredCluster(place, plan, home, Tablespaces.below(home.beside("tablespaces")));
      var _ = scratch.fetch(site, progress);
      try (RecoveredCluster.Running server =
              scratch.start(clusters.remote(wanted.scope()), progress);
          Cluster living = clusters.open(wanted.scope())) {
        progress.report("copying " + wanted.table(), 0, 0);
        return copied(wanted, plan, server.address(), living.administrator());
      }
    } catch (SQLException e) {
      throw new IOException("the table was not copied: " + e.getMessage(), e);
    } finally {
      home.delete();
    }
  }

  private BackupAnswer.TableRestored copied(
      BackupCommand.RestoreTable wanted,
      RestorePlan plan,
      PostgresAddress scratch,
      PostgresAddress living)
      throws SQLException, IOException {
    String database = database(living);
    int dot = wanted.table().indexOf('.');
    Name name =
        new Name(
            dot < 0 ? "public" : wanted.table().substring(0, dot),
            wanted.table().substring(dot + 1));
    try (Connection from = connect(scratch, database);
        Connection to = connect(living, database)) {
      if (!TableCopy.exists(from, name)) {
        throw TableCopy.unknown(name, database);
      }
      boolean isTaken = TableCopy.exists(to, name);
      String schema = wanted.schema().orElse(isTaken ? BESIDE : name.schema());
      Name target = new Name(schema, name.table());
      long rows = new TableCopy(from, to, name, target).run();
      return new BackupAnswer.TableRestored(
          target.toString(), database, rows, plan.id(), plan.reaches());
    }
  }

  private static Connection connect(PostgresAddress address, String database) {
    return new PostgresConnections(address.withDatabase(database), "undercroft restore").open();
  }

  /** The database of the one project that is meant; of a remote server, the address's. */
  private String database(PostgresAddress living) {
    Project project = site.one();
    return site.settingsOf(project).find(DatabaseSettings.URL).isPresent()
        ? living.database()
        : site.databaseOf(project);
  }
}
