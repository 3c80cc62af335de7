package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.evolve.Samples;
import dev.undercroft.evolve.SchemaEngine;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Planning;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.plan.Warning;
import dev.undercroft.schema.Introspector;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Schemas of SQLite. Stateless, thread-safe. */
public final class SqliteSchemas implements SchemaEngine {

  private final Introspector introspector = new SqliteIntrospector();
  private final Planning planning = new SqlitePlanner();

  @Override
  public Introspector introspector() {
    return introspector;
  }

  @Override
  public Dialect sql() {
    return Dialect.SQLITE;
  }

  @Override
  public Planning planning() {
    return planning;
  }

  @Override
  public List<Problem> load(Connection scratch, List<SqlSource> sources) {
    return new SqliteLoading(scratch).run(sources);
  }

  @Override
  public int place(dev.undercroft.sql.Statement statement, SQLException error) {
    return Stumble.place(statement, error);
  }

  @Override
  public void reset(Connection scratch) throws SQLException {
    try (Statement statement = scratch.createStatement()) {
      statement.execute(KeysOff.OFF);
    }
  }

  @Override
  public Samples samples() {
    return new SqliteSamples();
  }

  @Override
  public String preamble() {
    return "";
  }

  @Override
  public String migration(Plan plan) {
    StringBuilder text = new StringBuilder();
    if (plan.steps().stream().anyMatch(step -> step.transaction() == Transaction.OUTSIDE)) {
      text.append("-- undercroft:foreign-keys off\n\n");
    }
    for (Step step : plan.steps()) {
      if (KeysOff.isOne(step)) {
        continue;
      }
      for (Warning warning : step.warnings()) {
        text.append("-- ").append(warning.hazard().word()).append(": ");
        text.append(warning.sentence().replace('\n', ' ')).append('\n');
      }
      text.append(step.sql()).append(";\n\n");
    }
    return text.toString().stripTrailing() + "\n";
  }

  /** There are no users and no extensions to install. */
  @Override
  public Facts facts(Connection connection) {
    return new Facts("", "", Contents.SQLITE.major(), Set.of());
  }

  @Override
  public Catalog fresh(ServerVersion server) {
    return Catalog.empty(server);
  }

  /** The platform brings nothing that a schema could use. */
  @Override
  public void install(Connection scratch) {
    // Its own tables are made by the first deploy.
  }

  @Override
  public void run(Connection connection, Plan plan, Patience patience, Progress progress) {
    SqliteRunner.run(connection, plan, progress);
  }

  /** There is one lock, on the whole file, for as long as the plan takes: nothing to watch. */
  @Override
  public Plan measure(Connection copy, Plan plan) {
    SqliteRunner.run(copy, plan, Progress.NONE);
    return plan;
  }

  @Override
  public Plan count(Connection connection, Plan plan, Duration most) {
    return RowCounts.in(connection, plan, most);
  }

  /** One that comes too late is refused when it begins to write. */
  @Override
  public boolean lock(Connection connection) {
    return true;
  }
}
