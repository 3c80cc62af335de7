package dev.undercroft.postgres;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.base.Identifier;
import dev.undercroft.migrate.MigrationSession;
import dev.undercroft.migrate.RunReport;
import dev.undercroft.migrate.RunRules;
import dev.undercroft.migrate.StatementFailure;
import dev.undercroft.migrate.TransactionRun;
import dev.undercroft.migrate.TransactionRun.Durability;
import dev.undercroft.migrate.Verdict;
import dev.undercroft.sql.Statement;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One connection to PostgreSQL for migrations. For one thread. */
final class PostgresMigrationSession implements MigrationSession {

  /** What a file set for its session must not outlive the file. */
  private static final List<String> AS_NEW =
      List.of("reset session authorization", "reset all", "set time zone 'UTC'");

  private static final String BEGIN = "begin isolation level read committed read write";

  /** Whatever the server does by default: what we report must survive its crash. */
  private static final String DURABLE =
      "select set_config('synchronous_commit', 'on', true)"
          + " where current_setting('synchronous_commit') = 'off'";

  private final ConnectionSource source;
  private final Connection connection;
  private final MigrationWire wire;
  private final MigrationOutcomes outcomes;

  PostgresMigrationSession(ConnectionSource source) {
    this.source = source;
    this.connection = source.open();
    try {
      this.wire = new MigrationWire(connection);
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
    this.outcomes = new MigrationOutcomes(this);
  }

  @Override
  public String serverVersion() {
    try {
      String full = connection.getMetaData().getDatabaseProductVersion();
      return "PostgreSQL " + full.split(" ", 2)[0];
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
  }

  @Override
  public Set<String> columns(String table) {
    Set<String> names = new TreeSet<>();
    query(
            "select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid"
                + " join pg_namespace n on n.oid = c.relnamespace"
                + " where n.nspname = 'undercroft' and a.attnum > 0 and not a.attisdropped"
                + " and c.relname = "
                + MigrationHistoryTables.quote(table))
        .forEach(row -> names.add(String.valueOf(row.get("attname"))));
    return names;
  }

  @Override
  public List<Map<String, @Nullable String>> query(String sql) {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      try (ResultSet rows = statement.executeQuery(sql)) {
        return read(rows);
      }
    } catch (SQLException e) {
      throw source.explain(e).exception(e);
    }
  }

  private static List<Map<String, @Nullable String>> read(ResultSet rows) throws SQLException {
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
  }

  @Override
  public void write(List<String> statements) {
    MigrationMessage message = new MigrationMessage().add(BEGIN).add(DURABLE);
    message.addAll(statements).add("commit");
    try {
      wire.send(message);
    } catch (StatementFailure failure) {
      wire.rollBack();
      throw explained(failure);
    }
  }

  @Override
  public void repair(String statement) {
    try {
      wire.send(new MigrationMessage().add(statement));
    } catch (StatementFailure failure) {
      throw explained(failure);
    }
  }

  private RuntimeException explained(StatementFailure failure) {
    return failure.getCause() instanceof SQLException cause
        ? source.explain(cause).exception(failure)
        : new IllegalStateException(failure);
  }

  @Override
  public RunReport run(TransactionRun run) throws StatementFailure {
    forget();
    try {
      MigrationMessage message = begin(run);
      for (int i = 0; i < run.body().size(); i++) {
        Statement statement = run.body().get(i);
        if (statement.copyData().isPresent()) {
          message = sendAndRenew(message);
          wire.copy(statement, i);
        } else {
          message = message.isFull() ? sendAndRenew(message) : message;
          message.add(statement, i);
        }
      }
      wire.send(end(message, run));
      return report();
    } catch (StatementFailure failure) {
      wire.rollBack();
      throw failure;
    }
  }

  private MigrationMessage sendAndRenew(MigrationMessage message) throws StatementFailure {
    if (!message.isEmpty()) {
      wire.send(message);
    }
    return new MigrationMessage();
  }

  private static MigrationMessage begin(TransactionRun run) {
    RunRules rules = run.rules();
    MigrationMessage message =
        new MigrationMessage()
            .add(BEGIN)
            .add("set local lock_timeout = " + rules.lockTimeout().toMillis())
            .add("set local statement_timeout = " + rules.statementTimeout().toMillis());
    message.add(
        run.durability() == Durability.NOW ? DURABLE : "set local synchronous_commit = off");
    rules.settings().forEach(setting -> message.add(setting.text()));
    return rules.liftForcedPolicies() ? message.add(MigrationPolicies.LIFT) : message;
  }

  private static MigrationMessage end(MigrationMessage message, TransactionRun run) {
    message.add("reset session authorization");
    if (run.rules().liftForcedPolicies()) {
      message.addAll(MigrationPolicies.RESTORE);
    }
    run.rules().owner().ifPresent(owner -> message.add(handOver(owner)));
    return message.addAll(run.record()).add("commit").addAll(AS_NEW);
  }

  private static String handOver(Identifier owner) {
    return "reassign owned by current_user to " + owner.quoted();
  }

  @Override
  public RunReport runAlone(Statement statement, RunRules rules) throws StatementFailure {
    forget();
    try {
      wire.send(new MigrationMessage().add("set lock_timeout = " + rules.lockTimeout().toMillis()));
      wire.send(
          new MigrationMessage()
              .add("set statement_timeout = " + rules.statementTimeout().toMillis()));
      for (Statement setting : rules.settings()) {
        wire.send(new MigrationMessage().add(setting.text()));
      }
      MigrationMessage message = new MigrationMessage();
      message.add(statement, 0);
      wire.send(message);
      wire.send(new MigrationMessage().addAll(AS_NEW));
      RunReport report = report();
      rules.owner().ifPresent(owner -> write(List.of(handOver(owner))));
      return report;
    } catch (StatementFailure failure) {
      wire.rollBack();
      wire.asNew(AS_NEW);
      throw failure;
    }
  }

  /** What was said and counted before does not belong to what comes. */
  private void forget() {
    wire.takeRows();
    wire.takeNotices();
  }

  private RunReport report() throws StatementFailure {
    if (wire.readsBackslashes()) {
      wire.send(new MigrationMessage().add("set standard_conforming_strings = on"));
    }
    return new RunReport(wire.takeRows(), wire.takeNotices());
  }

  @Override
  public Verdict look(Statement statement) {
    return outcomes.look(statement);
  }

  @Override
  public List<String> repairs(Statement statement) {
    return outcomes.repairs(statement);
  }

  @Override
  public List<ProjectObject> projectObjects() {
    return new MigrationObjects(this).all();
  }

  @Override
  public Optional<String> deployer() {
    return PostgresMigrationLock.holder(this, PostgresMigrationLock.DEPLOY);
  }

  @Override
  public Optional<String> foreignHistory() {
    return MigrationObjects.foreignHistory(this);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException lostAlready) {
      org.slf4j.LoggerFactory.getLogger(PostgresMigrationSession.class)
          .debug("a lost connection was not closed", lostAlready);
    }
  }
}
