package dev.undercroft.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.access.Sessions.Access;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

@DatabaseTest
class SessionsTest {

  private static final String TENANT = "SELECT current_setting('undercroft.tenant', true)";

  private static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      String value = rows.getString(1);
      return value == null ? "" : value;
    }
  }

  @EachServer
  void a_tenant_is_bound_to_one_transaction_and_gone_after_it(PostgresDatabase database) {
    PoolSettings one = PoolSettings.DEFAULT.withMaximum(1);
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), one)) {
      Sessions sessions = new Sessions(pool);
      String during =
          sessions.asTenant(TenantContext.of("ann"), Access.READ, c -> value(c, TENANT));
      String after = sessions.withoutTenant(Access.READ, c -> value(c, TENANT));
      assertThat(during).isEqualTo("ann");
      assertThat(after).isEmpty();
    }
  }

  @EachServer
  void work_that_throws_is_rolled_back_and_the_connection_is_clean(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE TABLE t (id int)");
    PoolSettings one = PoolSettings.DEFAULT.withMaximum(1);
    try (ConnectionPool pool = new ConnectionPool("shop", new TestSource(database), one)) {
      Sessions sessions = new Sessions(pool);
      assertThatThrownBy(() ->
              sessions.asTenant(
                  TenantContext.of("ann"),
                  Access.WRITE,
                  connection -> {
                    value(connection, "INSERT INTO t VALUES (1) RETURNING id");
                    throw new IllegalStateException("no");
                  }))
          .hasMessage("no");
      assertThatThrownBy(() -> sessions.withoutTenant(Access.WRITE, c -> value(c, "SELECT 1/0")))
          .hasMessage("state 22012");
      assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
      String after = sessions.withoutTenant(Access.READ, c -> value(c, TENANT));
      assertThat(after).isEmpty();
    }
  }

  @EachServer
  void a_reading_transaction_cannot_write(PostgresDatabase database) throws Exception {
    database.execute("CREATE TABLE t (id int)");
    try (ConnectionPool pool =
        new ConnectionPool("shop", new TestSource(database), PoolSettings.DEFAULT)) {
      Sessions sessions = new Sessions(pool);
      assertThatThrownBy(() ->
              sessions.withoutTenant(
                  Access.READ, c -> value(c, "INSERT INTO t VALUES (1) RETURNING id")))
          .hasMessage("state 25006");
    }
  }
}
