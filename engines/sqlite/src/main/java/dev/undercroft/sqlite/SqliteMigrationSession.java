package dev.undercroft.sqlite;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.migrate.RunReport;
import dev.undercroft.migrate.RunRules;
import dev.undercroft.migrate.StatementFailure;
import dev.undercroft.migrate.StatementFailure.Reason;
import dev.undercroft.migrate.StatementFailure.ServerError;
import dev.undercroft.migrate.TransactionRun;
import dev.undercroft.migrate.Verdict;
import dev.undercroft.migrate.Verdict.Kind;
import dev.undercroft.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One connection to SQLite for migrations. For one thread. */
final class SqliteMigrationSession implements MigrationSession {

  /** Shadow tables go with the virtual table they belong to. */
  private static final String OBJECTS =
      """
      select m.type || ' ' || m.name as name,
        'drop ' || m.type || ' if exists "' || replace(m.name, '"', '""') || '"' as sql
      from sqlite_master m left join pragma_table_list l on l.name = m.name and l.schema = 'main'
      where m.type in ('view', 'trigger', 'table') and m.name not like 'sqlite\\_%' escape '\\'
        and m.name not like 'undercroft\\_%' escape '\\' and coalesce(l.type, '') <> 'shadow'
      order by m.type = 'table', m.name\
      """;

  private static final String OTHER_TOOLS =
      """
      select name from sqlite_master where type = 'table' and name in (
        '_prisma_migrations', '__drizzle_migrations', 'flyway_schema_history', 'DATABASECHANGELOG',
        'schema_migrations', 'atlas_schema_revisions', 'alembic_version', 'goose_db_version',
        'knex_migrations', 'django_migrations', '__EFMigrationsHistory', '_sqlx_migrations')
      order by 1 limit 1\
      """;

  private final ConnectionSource source;
  private final SqliteAddress address;
  private final Connection connection;

  SqliteMigrationSession(ConnectionSource source, SqliteAddress address) {
    this.source = source;
    this.address = address;
    this.connection = source.open();
    repair("pragma foreign_keys = on");
  }

  @Override
  public String serverVersion() {
    return "SQLite " + query("select sqlite_version() as v").getFirst().get("v");
  }

  @Override
  public Set<String> columns(String table) {
    Set<String> names = new TreeSet<>();
    String name = SqliteHistoryTables.quote(SqliteHistoryTables.PREFIX + table);
    query("select name from pragma_table_xinfo(" + name + ")")
        .forEach(row -> names.add(String.valueOf(row.get("name"))));
    return names;
  }

  @Override
  public List<Map<String, @Nullable String>> query(String sql) {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<Map<String, @Nullable String>> all = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        Map<String, @Nullable String> row = new LinkedHashMap<>();
        for (int i = 1; i <= columns; i++) {
          row.put(rows.getMetaData().getColumnLabel(i), rows.getString(i));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
  }

  @Override
  public void write(List<String> statements) {
    try {
      execute("pragma foreign_keys = off");
      execute("begin immediate");
      for (String sql : statements) {
        execute(sql);
      }
      execute("commit");
    } catch (SQLException e) {
      rollBack();
      throw source.explain(e).exception(e);
    } finally {
      repair("pragma foreign_keys = on");
    }
  }

  @Override
  public void repair(String statement) {
    try {
      execute(statement);
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public RunReport run(TransactionRun run) throws StatementFailure {
    List<Statement> body = run.body();
    int at = StatementFailure.AT_THE_END;
    try {
      prepare(run.rules());
      execute("begin immediate");
      long before = changes();
      for (at = 0; at < body.size(); at++) {
        execute(body.get(at).text());
      }
      at = StatementFailure.AT_THE_END;
      long rows = changes() - before;
      refuseBrokenKeys(run.rules());
      for (String sql : run.record()) {
        execute(sql);
      }
      execute("commit");
      return new RunReport(rows, List.of());
    } catch (SQLException e) {
      rollBack();
      throw at < 0
          ? new StatementFailure(at, OptionalInt.empty(), SqliteErrors.error(e), e)
          : SqliteErrors.failure(at, body.get(at), e);
    } catch (StatementFailure e) {
      rollBack();
      throw e;
    } finally {
      repair("pragma foreign_keys = on");
    }
  }

  private long changes() {
    return Long.parseLong(String.valueOf(query("select total_changes() as n").getFirst().get("n")));
  }

  /** Both settings have no effect within a transaction. */
  private void prepare(RunRules rules) throws SQLException {
    long wait = rules.lockTimeout().isZero() ? Integer.MAX_VALUE : rules.lockTimeout().toMillis();
    execute("pragma busy_timeout = " + Math.min(wait, Integer.MAX_VALUE));
    execute("pragma foreign_keys = " + (rules.foreignKeysOff() ? "off" : "on"));
  }

  private void refuseBrokenKeys(RunRules rules) throws StatementFailure {
    if (!rules.foreignKeysOff()) {
      return;
    }
    List<Map<String, @Nullable String>> broken =
        query(
            "select \"table\" as t, parent as p, count(*) as n from pragma_foreign_key_check"
                + " group by 1, 2 order by 1, 2");
    if (!broken.isEmpty()) {
      Map<String, @Nullable String> first = broken.getFirst();
      String message =
          "%s rows of %s refer to rows of %s that are not there"
              .formatted(first.get("n"), first.get("t"), first.get("p"));
      ServerError error =
          new ServerError(Reason.REFUSED, "SQLITE_CONSTRAINT_FOREIGNKEY", message, "", "");
      throw new StatementFailure(
          StatementFailure.AT_THE_END, OptionalInt.empty(), error, new SQLException(message));
    }
  }

  private void rollBack() {
    try {
      execute("rollback");
    } catch (SQLException noTransaction) {
      org.slf4j.LoggerFactory.getLogger(SqliteMigrationSession.class)
          .debug("SQLite had rolled back already", noTransaction);
    }
  }

  @Override
  public RunReport runAlone(Statement statement, RunRules rules) throws StatementFailure {
    try {
      prepare(rules);
      execute(statement.text());
      return new RunReport(0, List.of());
    } catch (SQLException e) {
      throw SqliteErrors.failure(0, statement, e);
    }
  }

  /** All that runs alone here can be run again: {@code VACUUM}, {@code PRAGMA journal_mode}. */
  @Override
  public Verdict look(Statement statement) {
    return new Verdict(Kind.NOT_DONE, "it can be run again", List.of());
  }

  @Override
  public List<String> repairs(Statement statement) {
    return List.of();
  }

  @Override
  public List<ProjectObject> projectObjects() {
    return query(OBJECTS).stream()
        .map(row ->
            new ProjectObject(String.valueOf(row.get("name")), String.valueOf(row.get("sql"))))
        .toList();
  }

  @Override
  public Optional<String> deployer() {
    return SqliteMigrationLock.holder(address);
  }

  @Override
  public Optional<String> foreignHistory() {
    return query(OTHER_TOOLS).stream().findFirst().map(row -> String.valueOf(row.get("name")));
  }

  @Override
  public void close() {
    closeQuietly(connection);
  }

  static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException closedAlready) {
      org.slf4j.LoggerFactory.getLogger(SqliteMigrationSession.class)
          .debug("a connection was not closed", closedAlready);
    }
  }
}
