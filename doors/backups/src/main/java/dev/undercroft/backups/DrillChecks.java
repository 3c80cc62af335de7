package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.BackupAnswer.Check;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.settings.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks at a restored server as closely as its own means allow: indexes against their tables and
 * every row's form (module amcheck), how many rows there are, and what the projects themselves
 * assert. One thread at a time.
 */
final class DrillChecks {

  private static final String CHECK_INDEXES =
      """
      select count(*) from (
        select bt_index_check(c.oid, true)
          from pg_catalog.pg_index i
          join pg_catalog.pg_class c on c.oid = i.indexrelid
          join pg_catalog.pg_am a on a.oid = c.relam and a.amname = 'btree'
         where i.indisvalid and i.indisready and c.relpersistence = 'p' and c.relkind = 'i'
        offset 0) as checked
      """;

  private static final String CHECK_ROWS =
      """
      select count(distinct c.oid), count(v.msg), min(c.oid::regclass || ': ' || v.msg)
        from pg_catalog.pg_class c
        left join lateral verify_heapam(c.oid) as v on true
       where c.relkind in ('r', 't', 'm') and c.relpersistence = 'p'
      """;

  private static final String TABLES =
      """
      select c.oid::regclass::text
        from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
       order by 1
      """;

  private final Site site;
  private final PostgresAddress address;

  DrillChecks(Site site, PostgresAddress address) {
    this.site = site;
    this.address = address;
  }

  List<Check> all(List<String> databases, Progress progress) throws IOException {
    List<Check> checks = new ArrayList<>();
    int done = 0;
    for (String database : databases) {
      progress.report("checking " + database, done++, databases.size());
      try (Connection connection = connect(database)) {
        checks.add(structures(database, connection));
        checks.add(rows(database, connection));
      } catch (SQLException | ProblemException e) {
        checks.add(new Check(database, false, String.valueOf(e.getMessage())));
      }
    }
    for (Problem each : afterRestore(databases)) {
      checks.add(new Check("after-restore", false, each.message()));
    }
    checks.addAll(assertions(databases));
    return checks;
  }

  /**
   * Does in each project's database what the project wants done when it comes back.
   *
   * @return which files were not run, and why
   * @throws ProblemException {@code BACKUP_AFTER_RESTORE}
   */
  List<Problem> afterRestore(List<String> databases) throws IOException {
    List<Problem> notRun = new ArrayList<>();
    for (Project project : site.projects().keySet()) {
      String database = site.databaseOf(project);
      if (databases.contains(database)) {
        try (Connection connection = connect(database)) {
          notRun.addAll(new AfterRestore(project).run(connection));
        } catch (SQLException e) {
          throw new IOException("the restored database " + database + " cannot be reached", e);
        }
      }
    }
    return notRun;
  }

  /** What the projects assert: the queries of their folders {@code checks}. */
  List<Check> assertions(List<String> databases) throws IOException {
    List<Check> checks = new ArrayList<>();
    for (Project project : site.projects().keySet()) {
      assertions(project, databases, checks);
    }
    return checks;
  }

  private Connection connect(String database) {
    return new PostgresConnections(address.withDatabase(database), "undercroft drill").open();
  }

  private static Check structures(String database, Connection connection) throws SQLException {
    String name = database + ": indexes and rows";
    try (Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists amcheck");
    } catch (SQLException absent) {
      return new Check(name, true, "not checked: " + absent.getMessage());
    }
    try (Statement statement = connection.createStatement()) {
      long indexes;
      try (ResultSet row = statement.executeQuery(CHECK_INDEXES)) {
        row.next();
        indexes = row.getLong(1);
      }
      try (ResultSet row = statement.executeQuery(CHECK_ROWS)) {
        row.next();
        long damaged = row.getLong(2);
        String found =
            indexes
                + " indexes agree with their tables, "
                + row.getLong(1)
                + " tables read, "
                + damaged
                + " damaged rows";
        return new Check(
            name, damaged == 0, damaged == 0 ? found : found + ": " + row.getString(3));
      }
    } catch (SQLException corrupt) {
      return new Check(name, false, String.valueOf(corrupt.getMessage()));
    }
  }

  private static Check rows(String database, Connection connection) throws SQLException {
    List<String> tables = new ArrayList<>();
    long rows = 0;
    try (Statement statement = connection.createStatement()) {
      try (ResultSet names = statement.executeQuery(TABLES)) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet count = statement.executeQuery("select count(*) from " + table)) {
          count.next();
          rows += count.getLong(1);
        }
      }
    }
    return new Check(database + ": rows", true, rows + " rows in " + tables.size() + " tables");
  }

  /** A file of the project's folder {@code checks} is a query that must find nothing. */
  private void assertions(Project project, List<String> databases, List<Check> checks)
      throws IOException {
    Path folder = project.folder().resolve("checks");
    String database = site.databaseOf(project);
    if (!Files.isDirectory(folder) || !databases.contains(database)) {
      return;
    }
    List<Path> queries;
    try (Stream<Path> files = Files.list(folder)) {
      queries = files.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
    for (Path query : queries) {
      String name = project.name() + ": " + query.getFileName();
      try (Connection connection = connect(database);
          Statement statement = connection.createStatement();
          ResultSet found = statement.executeQuery(Files.readString(query))) {
        boolean isSound = !found.next();
        checks.add(new Check(name, isSound, isSound ? "finds nothing" : "finds rows"));
      } catch (SQLException | ProblemException e) {
        checks.add(new Check(name, false, String.valueOf(e.getMessage())));
      }
    }
  }
}
