package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backup.BackupSummary;
import dev.undercroft.backup.PacedSource;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.ServerUnderBackup;
import dev.undercroft.settings.BackupSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Takes one backup of a running cluster, with what belongs beside it. One thread at a time. */
final class OneBackup {

  private static final String DATABASES =
      "select datname from pg_catalog.pg_database where datallowconn and not datistemplate order by 1";
  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname, d.oid, c.oid
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        join pg_catalog.pg_database d on d.datname = pg_catalog.current_database()
       where c.relkind in ('r', 'p') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       order by 1
      """;

  private final Site site;
  private final BackupPlace place;
  private final Cluster cluster;
  private final InstantSource clock;

  OneBackup(Site site, BackupPlace place, Cluster cluster, InstantSource clock) {
    this.site = site;
    this.place = place;
    this.cluster = cluster;
    this.clock = clock;
  }

  BackupSummary take(BackupCommand.Create create, Progress progress) throws IOException {
    BackupTaking.Method method =
        switch (create.method()) {
          case AUTOMATIC -> BackupTaking.Method.AUTOMATIC;
          case FULL -> BackupTaking.Method.FULL;
          case INCREMENTAL -> BackupTaking.Method.INCREMENTAL;
        };
    BackupTaking.Wish wish =
        new BackupTaking.Wish(
            method,
            site.settings().get(BackupSettings.WORKERS),
            create.readBack() == BackupCommand.ReadBack.YES,
            BackupService.isContinuous(site.settings()));
    Map<String, Companion.TableId> tables = tables();
    BackupSummary made = new BackupTaking(place.repository(), server(), clock).take(wish, progress);
    Companion companion = new Companion(place.repository(), made.id());
    companion.keepTables(tables);
    if (cluster.data().isPresent()) {
      companion.keepPasswords(passwords());
    }
    return made;
  }

  private ServerUnderBackup server() {
    ServerUnderBackup server = BackupServer.of(cluster, place.repository());
    return site.settings()
        .find(BackupSettings.RATE)
        .map(rate ->
            new ServerUnderBackup(
                new PacedSource(server.source(), rate), server.changes(), server.log()))
        .orElse(server);
  }

  private Map<String, Companion.TableId> tables() throws IOException {
    Map<String, Companion.TableId> all = new LinkedHashMap<>();
    PostgresAddress administrator = cluster.administrator();
    try {
      for (String database : names(administrator, DATABASES)) {
        addTables(administrator.withDatabase(database), database, all);
      }
    } catch (SQLException e) {
      throw new IOException("the names of the tables could not be read", e);
    }
    return all;
  }

  private static void addTables(
      PostgresAddress address, String database, Map<String, Companion.TableId> all)
      throws SQLException {
    try (Connection connection = new PostgresConnections(address, "undercroft backup").open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TABLES)) {
      while (rows.next()) {
        all.put(
            database + "." + rows.getString(1),
            new Companion.TableId(rows.getLong(2), rows.getLong(3)));
      }
    }
  }

  private static List<String> names(PostgresAddress address, String query) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = new PostgresConnections(address, "undercroft backup").open();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private Map<String, String> passwords() throws IOException {
    Map<String, String> all = new TreeMap<>();
    Path folder = site.secrets();
    if (!Files.isDirectory(folder)) {
      return all;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = String.valueOf(file.getFileName());
        if (!name.startsWith(".")) {
          all.put(name, Files.readString(file));
        }
      }
    }
    return all;
  }
}
