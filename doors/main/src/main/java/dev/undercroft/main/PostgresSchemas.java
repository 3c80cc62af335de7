package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.evolve.SchemaEngine;
import dev.undercroft.pgcatalog.DatabaseFacts;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgddl.PlanRunner;
import dev.undercroft.pgddl.PostgresDialect;
import dev.undercroft.plan.Dialect;
import dev.undercroft.plan.Plan;
import dev.undercroft.postgres.PlatformSchema;
import dev.undercroft.schema.Introspector;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** PostgreSQL's schemas, put together from the rooms of the engine. Stateless, thread-safe. */
final class PostgresSchemas implements SchemaEngine {

  private final Introspector introspector = new PostgresIntrospector();
  private final Dialect dialect = new PostgresDialect();

  @Override
  public Introspector introspector() {
    return introspector;
  }

  @Override
  public Dialect dialect() {
    return dialect;
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
  public void run(Connection connection, Plan plan, Progress progress) {
    PlanRunner.run(connection, plan, progress);
  }

  @Override
  public boolean lock(Connection connection) {
    return DatabaseFacts.lock(connection);
  }
}
