package dev.undercroft.sdk;

import dev.undercroft.testkit.PostgresDatabase;
import java.sql.SQLException;
import java.util.UUID;

/** A role that row policies bind, as long as a test runs. */
record TestRole(PostgresDatabase database, String name) implements AutoCloseable {

  TestRole(PostgresDatabase database) throws SQLException {
    this(database, "role_" + UUID.randomUUID().toString().replace("-", ""));
    database.execute("create role " + name + " login password 'secret'");
  }

  TestSource source() {
    return new TestSource(database, name, "secret");
  }

  @Override
  public void close() throws SQLException {
    database.execute("drop owned by " + name, "drop role " + name);
  }
}
