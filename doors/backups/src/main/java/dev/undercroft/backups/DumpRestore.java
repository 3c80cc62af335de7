package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.backups.TableCopy.Name;
import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.pgdump.DumpLoading;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.settings.DatabaseSettings;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Restores a dump: always into a database of its own first, in one transaction. From there the
 * database takes the place of the living one, or chosen tables are copied into it. The living
 * database stays as it is until then. One thread at a time.
 */
final class DumpRestore {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  /** Owner, encoding and collation, as the living database has them. */
  private static final String MAKE =
      """
      select pg_catalog.format(
               'create database %I template template0 owner %I encoding %L lc_collate %L lc_ctype %L',
               ?::text, pg_catalog.pg_get_userbyid(datdba),
               pg_catalog.pg_encoding_to_char(encoding), datcollate, datctype)
        from pg_catalog.pg_database where datname = ?
      """;

  private static final String GRANTS =
      """
      select pg_catalog.format('grant %s on database %%I to %s%s', a.privilege_type,
               case when a.grantee = 0 then 'public'
                 else pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) end,
               case when a.is_grantable then ' with grant option' else '' end)
        from pg_catalog.pg_database d, lateral pg_catalog.aclexplode(d.datacl) as a
       where d.datname = ?
      """;

  private static final String TERMINATE =
      """
      select pg_catalog.pg_terminate_backend(pid, 10000)::text
        from pg_catalog.pg_stat_activity where datname = ?
      """;

  private final Clusters clusters;
  private final Site site;
  private final InstantSource clock;

  DumpRestore(Clusters clusters, Site site, InstantSource clock) {
    this.clusters = clusters;
    this.site = site;
    this.clock = clock;
  }

  BackupAnswer.DumpRestored run(BackupCommand.RestoreDump wanted, Progress progress)
      throws IOException {
    Project project = site.one();
    Settings settings = site.settingsOf(project);
    Path scratch = Files.createTempDirectory("undercroft-dump-");
    try (Cluster cluster = clusters.open(wanted.scope())) {
      Path file =
          new DumpPlace(project, settings).find(wanted.dump(), wanted.scope().directory(), scratch);
      PostgresAddress server = cluster.administrator();
      String living =
          settings.find(DatabaseSettings.URL).isPresent()
              ? server.database()
              : site.databaseOf(project);
      try (InputStream sql = DumpFile.read(file, BackupPlace.keys(settings))) {
        return new Target(server, living, wanted, file, progress).restore(sql);
      }
    } catch (SQLException e) {
      throw new IOException("the dump was not restored: " + e.getMessage(), e);
    } finally {
      deleteAll(scratch);
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** One restore into one server. */
  private final class Target {
    private final PostgresAddress server;
    private final String living;
    private final BackupCommand.RestoreDump wanted;
    private final Path file;
    private final Progress progress;

    Target(
        PostgresAddress server,
        String living,
        BackupCommand.RestoreDump wanted,
        Path file,
        Progress progress) {
      this.server = server;
      this.living = living;
      this.wanted = wanted;
      this.file = file;
      this.progress = progress;
    }

    BackupAnswer.DumpRestored restore(InputStream sql) throws IOException, SQLException {
      String fresh =
          wanted.database().orElse("restoring_" + UUID.randomUUID().toString().substring(0, 8));
      boolean done = false;
      make(fresh);
      try {
        progress.report("restoring " + file.getFileName(), 0, 0);
        DumpLoading.Loaded loaded;
        List<Problem> warnings = new ArrayList<>();
        try (Connection connection = connect(fresh)) {
          loaded = new DumpLoading(connection).load(sql);
          if (wanted.tables().isEmpty()) {
            warnings.addAll(new AfterRestore(site.one()).run(connection));
          }
        }
        BackupAnswer.DumpRestored answer = placed(fresh, loaded, warnings);
        done = wanted.tables().isEmpty();
        return answer;
      } finally {
        if (!done) {
          drop(fresh);
        }
      }
    }

    private BackupAnswer.DumpRestored placed(
        String fresh, DumpLoading.Loaded loaded, List<Problem> warnings)
        throws IOException, SQLException {
      if (!wanted.tables().isEmpty()) {
        return tables(fresh);
      }
      Optional<String> before =
          wanted.database().isPresent() ? Optional.empty() : Optional.of(exchange(fresh));
      return new BackupAnswer.DumpRestored(
          id(),
          wanted.database().orElse(living),
          before,
          List.of(),
          loaded.tables(),
          loaded.rows(),
          warnings);
    }

    private String id() {
      return String.valueOf(file.getFileName()).replaceFirst("\\.sql.*", "");
    }

    private BackupAnswer.DumpRestored tables(String fresh) throws IOException, SQLException {
      List<Name> names = wanted.tables().stream().map(Target::name).toList();
      List<String> copied = new ArrayList<>();
      long rows = 0;
      try (Connection from = connect(fresh)) {
        for (Name name : names) {
          if (!TableCopy.exists(from, name)) {
            throw TableCopy.unknown(name, file.toString());
          }
        }
        for (Name name : names) {
          try (Connection to = connect(living)) {
            boolean isTaken = TableCopy.exists(to, name);
            Name target = new Name(isTaken ? "restored" : name.schema(), name.table());
            rows += new TableCopy(from, to, name, target).run();
            copied.add(target.toString());
          }
        }
      }
      return new BackupAnswer.DumpRestored(
          id(), living, Optional.empty(), copied, copied.size(), rows, List.of());
    }

    private static Name name(String text) {
      int dot = text.indexOf('.');
      return new Name(dot < 0 ? "public" : text.substring(0, dot), text.substring(dot + 1));
    }

    private void make(String fresh) throws SQLException {
      try (Connection connection = connect(maintenance())) {
        if (!TableCopy.texts(
                connection, "select datname from pg_catalog.pg_database where datname = ?", fresh)
            .isEmpty()) {
          throw Problem.of(
                  "BACKUP_DATABASE_EXISTS", ProblemKind.CONFLICT, "database " + fresh + " exists")
              .withRemedy("Name a database that does not exist yet.")
              .exception();
        }
        List<String> statements = TableCopy.texts(connection, MAKE, fresh, living);
        TableCopy.execute(
            connection,
            statements.isEmpty()
                ? "create database " + new Identifier(fresh).quoted()
                : statements.getFirst());
      }
    }

    /** Lets the restored database take the place of the living one, which stays under a name. */
    private String exchange(String fresh) throws SQLException {
      String before = living + "_before_" + STAMP.format(clock.instant());
      String called = living;
      try (Connection connection = connect(maintenance())) {
        List<String> grants = TableCopy.texts(connection, GRANTS, living);
        allowConnections(connection, living, false);
        try {
          TableCopy.texts(connection, TERMINATE, living);
          connection.setAutoCommit(false);
          rename(connection, living, before);
          rename(connection, fresh, living);
          grant(connection, grants);
          connection.commit();
          called = before;
        } finally {
          connection.rollback();
          connection.setAutoCommit(true);
          allowConnections(connection, called, true);
        }
        return before;
      }
    }

    private static void allowConnections(Connection connection, String database, boolean allowed)
        throws SQLException {
      TableCopy.execute(
          connection,
          "alter database " + new Identifier(database).quoted() + " allow_connections " + allowed);
    }

    private static void rename(Connection connection, String from, String to) throws SQLException {
      TableCopy.execute(
          connection,
          "alter database "
              + new Identifier(from).quoted()
              + " rename to "
              + new Identifier(to).quoted());
    }

    private void grant(Connection connection, List<String> grants) throws SQLException {
      String database = new Identifier(living).quoted();
      if (!grants.isEmpty()) {
        TableCopy.execute(connection, "revoke all on database " + database + " from public");
      }
      for (String grant : grants) {
        TableCopy.execute(connection, grant.replace("%I", database));
      }
    }

    private void drop(String fresh) throws SQLException {
      try (Connection connection = connect(maintenance())) {
        TableCopy.execute(
            connection,
            "drop database if exists " + new Identifier(fresh).quoted() + " with (force)");
      }
    }

    /** Where databases are made and named from: never one of those that are. */
    private String maintenance() {
      return living.equals("postgres") ? "template1" : "postgres";
    }

    private Connection connect(String database) {
      return new PostgresConnections(server.withDatabase(database), "undercroft restore").open();
    }
  }
}
