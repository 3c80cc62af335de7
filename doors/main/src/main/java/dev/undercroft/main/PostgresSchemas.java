package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.evolve.MigrationScript;
import dev.undercroft.evolve.SampleRows;
import dev.undercroft.evolve.Samples;
import dev.undercroft.evolve.SchemaEngine;
import dev.undercroft.pgcatalog.DatabaseFacts;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgddl.PlanRunner;
import dev.undercroft.pgddl.PostgresDialect;
import dev.undercroft.pgddl.RowCounts;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Planner;
import dev.undercroft.plan.Planning;
import dev.undercroft.postgres.PlatformSchema;
import dev.undercroft.schema.Introspector;
import dev.undercroft.schema.SqlLoader;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's schemas, put together from the rooms of the engine. Stateless, thread-safe. */
final class PostgresSchemas implements SchemaEngine {

  private static final Pattern POSITION = Pattern.compile("Position: (\\d+)");

  private final Introspector introspector = new PostgresIntrospector();
  private final Planning planning = new Planner(new PostgresDialect());

  @Override
  public Introspector introspector() {
    return introspector;
  }

  @Override
  public Dialect sql() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public Planning planning() {
    return planning;
  }

  @Override
  public List<Problem> load(Connection scratch, List<SqlSource> sources) {
    return SqlLoader.load(scratch, sources);
  }

  @Override
  public int place(dev.undercroft.sql.Statement statement, SQLException error) {
    Matcher position = POSITION.matcher(String.valueOf(error.getMessage()));
    int start = statement.span().start();
    return position.find()
        ? statement.source().atCharacter(start, Integer.parseInt(position.group(1))).offset()
        : start;
  }

  @Override
  public void reset(Connection scratch) throws SQLException {
    try (Statement statement = scratch.createStatement()) {
      statement.execute("RESET ALL; RESET SESSION AUTHORIZATION");
    }
  }

  @Override
  public Samples samples() {
    return new SampleRows();
  }

  @Override
  public String preamble() {
    return "SET check_function_bodies = off;\n";
  }

  @Override
  public String migration(Plan plan) {
    return MigrationScript.of(plan);
  }

  @Override
  public Facts facts(Connection connection) {
    DatabaseFacts facts = DatabaseFacts.of(connection);
    return new Facts(facts.user(), facts.owner(), facts.major(), facts.extensions());
  }

  @Override
  public Catalog fresh(ServerVersion server) {
    return DatabaseFacts.fresh(server);
  }

  @Override
  public void install(Connection scratch) {
    try (Statement statement = scratch.createStatement()) {
      for (String sql : PlatformSchema.statements()) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw Problem.of(
              "MAIN_PLATFORM_SCHEMA",
              ProblemKind.EXTERNAL,
              "the schema undercroft could not be made in a scratch database")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that the scratch server is running, and try again.")
          .exception(e);
    }
  }

  @Override
  public void run(Connection connection, Plan plan, Patience patience, Progress progress) {
    PlanRunner.run(connection, plan, patience, progress);
  }

  @Override
  public Plan measure(Connection copy, Plan plan) {
    return PlanRunner.measure(copy, plan);
  }

  @Override
  public Plan count(Connection connection, Plan plan, Duration most) {
    return RowCounts.in(connection, plan, most);
  }

  @Override
  public boolean lock(Connection connection) {
    return DatabaseFacts.lock(connection);
  }
}
