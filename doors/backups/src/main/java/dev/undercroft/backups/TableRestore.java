package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backup.BackupCatalog;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.RecoveryTarget;
import dev.undercroft.backup.Tablespaces;
import dev.undercroft.backups.TableCopy.Name;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;

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
  private final InstantSource clock;

  TableRestore(Clusters clusters, Site site, BackupPlace place, InstantSource clock) {
    this.clock = clock;
    this.clusters = clusters;
    this.site = site;
    this.place = place;
  }

  BackupAnswer.TableRestored run(BackupCommand.RestoreTable wanted, Progress progress)
      throws IOException {
    Project project = site.one();
    ClusterRestore restore = new ClusterRestore(clusters, site, place, clock);
    progress.report("looking for the moment in the log", 0, 0);
    RestorePlan plan =
        wanted.moment().equals(BackupCommand.Moment.latest())
            ? plan(project, wanted, restore)
            : restore.plan(wanted.moment());
    EmbeddedHome home = restore.scratch(plan);
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

  /** Nobody said when: a table that is gone comes back as it was before it was dropped. */
  private RestorePlan plan(
      Project project, BackupCommand.RestoreTable wanted, ClusterRestore restore)
      throws IOException {
    Name name = name(wanted.table());
    String database;
    try (Cluster living = clusters.open(wanted.scope());
        Connection connection =
            connect(living.administrator(), database(project, living.administrator()))) {
      database = connection.getCatalog();
      if (TableCopy.exists(connection, name)) {
        return restore.plan(wanted.moment());
      }
    } catch (SQLException e) {
      throw new IOException("the living database was not asked: " + e.getMessage(), e);
    }
    String whole = database + "." + name;
    for (BackupSummary backup : new BackupCatalog(place.repository()).contents().backups()) {
      Companion.TableId id = new Companion(place.repository(), backup.id()).tableIds().get(whole);
      if (id != null) {
        return new RestorePlanner(place.repository())
            .plan(
                RestoreWish.of(new RecoveryTarget.BeforeDrop(id.database(), id.relation(), whole)));
      }
    }
    throw Problem.of(
            "BACKUP_TABLE_UNKNOWN",
            ProblemKind.NOT_FOUND,
            "no backup was taken while there was a table " + name + " in " + database)
        .withRemedy(
            "Check the name. If the table was made after the last backup, say when it was there:"
                + " --time 2026-01-02T03:04:05Z")
        .exception();
  }

  private static Name name(String table) {
    int dot = table.indexOf('.');
    return new Name(dot < 0 ? "public" : table.substring(0, dot), table.substring(dot + 1));
  }

  private BackupAnswer.TableRestored copied(
      BackupCommand.RestoreTable wanted,
      RestorePlan plan,
      PostgresAddress scratch,
      PostgresAddress living)
      throws SQLException, IOException {
    String database = database(site.one(), living);
    Name name = name(wanted.table());
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
          target.toString(), database, rows, plan.id(), plan.reaches(), plan.unread());
    }
  }

  private static Connection connect(PostgresAddress address, String database) {
    return new PostgresConnections(address.withDatabase(database), "undercroft restore").open();
  }

  /** The database of the one project that is meant; of a remote server, the address's. */
  private String database(Project project, PostgresAddress living) {
    return site.settingsOf(project).find(DatabaseSettings.URL).isPresent()
        ? living.database()
        : site.databaseOf(project);
  }
}
