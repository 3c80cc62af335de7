package dev.undercroft.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.access.Sessions.Access;
import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

@DatabaseTest
class TurnTest {

  private static final TenantContext ANN = TenantContext.of("ann");
  private static final String TENANT = "select current_setting('undercroft.tenant', true)";

  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  @EachServer
  void each_way_to_run_a_statement_gives_its_own_result_for_the_tenant(PostgresDatabase database)
      throws Exception {
    with(
        database,
        sessions -> {
          for (Access access : Access.values()) {
            assertThat(forTenant(sessions, ANN, access, c -> value(c, TENANT))).isEqualTo("ann");
            assertThat(forTenant(sessions, ANN, access, c -> plain(c, TENANT))).isEqualTo("ann");
            String twice = sessions.asTenant(ANN, access, c -> value(c, TENANT) + plain(c, TENANT));
            assertThat(twice).isEqualTo("annann");
            assertThat(forNobody(sessions, access, c -> value(c, TENANT))).isEmpty();
          }
        });
  }

  @EachServer
  void writing_is_one_transaction_from_the_first_statement_on(PostgresDatabase database)
      throws Exception {
    with(
        database,
        sessions -> {
          String same =
              sessions.asTenant(
                  ANN,
                  Access.WRITE,
                  c -> {
                    assertThat(update(c, "insert into t values (?, ?)", 1, "a")).isOne();
                    String first = value(c, "select pg_current_xact_id()");
                    assertThat(update(c, "update t set text = ? where id = ?", "b", 1)).isOne();
                    return first.equals(value(c, "select pg_current_xact_id()")) + "";
                  });
          assertThat(same).isEqualTo("true");
          assertThat(forNobody(sessions, Access.READ, c -> value(c, "select text from t")))
              .isEqualTo("b");
          assertThatThrownBy(() ->
                  sessions.asTenant(
                      ANN,
                      Access.WRITE,
                      c -> {
                        update(c, "delete from t");
                        throw new IllegalStateException("no");
                      }))
              .isInstanceOf(IllegalStateException.class);
          assertThat(forNobody(sessions, Access.READ, c -> value(c, "select count(*) from t")))
              .isEqualTo("1");
        });
  }

  @EachServer
  void reading_cannot_write_in_any_way(PostgresDatabase database) throws Exception {
    with(
        database,
        sessions -> {
          for (Access access : List.of(Access.READ, Access.SNAPSHOT)) {
            List<SqlWork<Integer>> attempts =
                List.of(
                    c -> update(c, "insert into t values (1, 'x')"),
                    c -> plain(c, "insert into t values (1, 'x') returning id").length(),
                    c -> batch(c),
                    c -> {
                      value(c, "select 1");
                      return update(c, "insert into t values (1, 'x')");
                    });
            for (SqlWork<Integer> attempt : attempts) {
              assertThatThrownBy(() -> sessions.asTenant(ANN, access, attempt))
                  .isInstanceOf(ProblemException.class)
                  .hasMessageContaining("25006");
            }
          }
          assertThat(forNobody(sessions, Access.READ, c -> value(c, "select count(*) from t")))
              .isEqualTo("0");
        });
  }

  @EachServer
  void statements_run_again_batches_and_cursors_work(PostgresDatabase database) throws Exception {
    with(
        database,
        sessions -> {
          int added = sessions.asTenant(ANN, Access.WRITE, TurnTest::batch);
          assertThat(added).isEqualTo(3);
          for (Access access : Access.values()) {
            String twice =
                sessions.asTenant(
                    ANN,
                    access,
                    c -> {
                      try (PreparedStatement s =
                          c.prepareStatement("select text from t where id = ?")) {
                        s.setInt(1, 1);
                        String first = only(s.executeQuery());
                        s.setInt(1, 2);
                        return first + only(s.executeQuery());
                      }
                    });
            assertThat(twice).isEqualTo("x1x2");
            int all =
                sessions.asTenant(
                    ANN,
                    access,
                    c -> {
                      try (PreparedStatement s = c.prepareStatement("select * from t, t b")) {
                        s.setFetchSize(2);
                        int rows = 0;
                        ResultSet result = s.executeQuery();
                        while (result.next()) {
                          rows++;
                        }
                        return rows;
                      }
                    });
            assertThat(all).isEqualTo(9);
          }
        });
  }

  @EachServer
  void a_snapshot_stays_as_it_was_and_reading_goes_along(PostgresDatabase database)
      throws Exception {
    with(
        database,
        sessions -> {
          for (Access access : List.of(Access.READ, Access.SNAPSHOT)) {
            String counts =
                sessions.withoutTenant(
                    access,
                    c -> {
                      String before = value(c, "select count(*) from t");
                      add(database);
                      return value(c, "select count(*) - " + before + " from t");
                    });
            assertThat(counts).isEqualTo(access == Access.READ ? "1" : "0");
          }
        });
  }

  @EachServer
  void a_session_setting_that_work_left_behind_reaches_nobody(PostgresDatabase database)
      throws Exception {
    with(
        database,
        sessions -> {
          sessions.asTenant(
              ANN,
              Access.WRITE,
              c -> value(c, "select set_config('undercroft.tenant', 'ann', false)"));
          for (Access access : Access.values()) {
            assertThat(forNobody(sessions, access, c -> value(c, TENANT))).isEmpty();
            assertThat(forTenant(sessions, TenantContext.of("ben"), access, c -> value(c, TENANT)))
                .isEqualTo("ben");
          }
        });
  }

  @EachServer
  void observers_hear_the_statement_without_what_travels_with_it(PostgresDatabase database)
      throws Exception {
    with(
        database,
        sessions -> {
          heard.clear();
          sessions.asTenant(ANN, Access.READ, c -> value(c, TENANT));
          assertThat(heard).containsExactly(TENANT);
        });
  }

  private void with(PostgresDatabase database, Consumer<Sessions> test) throws SQLException {
    database.execute("create table t (id int, text text)");
    var source =
        new ObservedSource(new TestSource(database, true), (sql, took, outcome) -> heard.add(sql));
    PoolSettings one = PoolSettings.DEFAULT.withMaximum(1).withMinimum(0);
    try (ConnectionPool pool = new ConnectionPool("shop", source, one)) {
      test.accept(new Sessions(pool));
    }
  }

  private static String forTenant(
      Sessions sessions, TenantContext context, Access access, SqlWork<String> work) {
    return sessions.asTenant(context, access, work);
  }

  private static String forNobody(Sessions sessions, Access access, SqlWork<String> work) {
    return sessions.withoutTenant(access, work);
  }

  private static void add(PostgresDatabase database) throws SQLException {
    database.execute("insert into t values (7, 'y')");
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      assertThat(statement.execute()).isTrue();
      return only(statement.getResultSet());
    }
  }

  private static String plain(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return only(statement.executeQuery(query));
    }
  }

  private static String only(ResultSet rows) throws SQLException {
    assertThat(rows.next()).isTrue();
    return String.valueOf(rows.getString(1));
  }

  private static int update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement.executeUpdate();
    }
  }

  private static int batch(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("insert into t values (?, ?)")) {
      for (int i = 1; i <= 3; i++) {
        statement.setInt(1, i);
        statement.setString(2, "x" + i);
        statement.addBatch();
      }
      return statement.executeBatch().length;
    }
  }
}
