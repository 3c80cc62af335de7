package dev.undercroft.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.Sessions;
import dev.undercroft.access.Sessions.Access;
import dev.undercroft.access.SqlWork;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Secret;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

@DatabaseTest
class SignedContextTest {

  private static final TenantContext ANN = new TenantContext("ann", "ARTIST");
  private static final String WHO =
      "select coalesce(undercroft.tenant(), '-') || '/' || coalesce(undercroft.actor_role(), '-')";
  private static final String NOTES = "select count(*) from note";
  private static final String TOKEN = "select current_setting('undercroft.context')";

  @EachServer
  void the_database_believes_the_program_and_shows_each_tenant_its_rows(PostgresDatabase database)
      throws Exception {
    with(
        database,
        (shop, sessions) -> {
          for (Access access : Access.values()) {
            assertThat(as(sessions, ANN, access, WHO)).isEqualTo("ann/ARTIST");
            assertThat(as(sessions, ANN, access, NOTES)).isEqualTo("2");
            assertThat(as(sessions, new TenantContext("ä😀:'ß", "r:ö"), access, WHO))
                .isEqualTo("ä😀:'ß/r:ö");
            assertThat(as(sessions, TenantContext.of("nobody"), access, WHO)).isEqualTo("nobody/-");
            assertThat(as(sessions, TenantContext.of("nobody"), access, NOTES)).isEqualTo("0");
            String none = sessions.withoutTenant(access, ask(WHO));
            assertThat(none).isEqualTo("-/-");
          }
        });
  }

  @EachServer
  void sql_that_passes_through_cannot_become_somebody_else(PostgresDatabase database)
      throws Exception {
    with(
        database,
        (shop, sessions) -> {
          assertThat(
                  attempt(
                      sessions,
                      "select set_config('undercroft.tenant', 'ben', true)",
                      "select set_config('undercroft.role', 'ADMIN', true)"))
              .as("the form without a signature counts nothing")
              .isEqualTo("ann/ARTIST");
          String token = as(sessions, ANN, Access.WRITE, TOKEN);
          for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == '1' ? '2' : '1';
            String forged = token.substring(0, i) + other + token.substring(i + 1);
            assertForged(sessions, forged);
          }
          assertForged(sessions, token.replace("ann", "ben"));
          assertForged(sessions, token + "x");
          assertForged(sessions, "1:2:3");
          ContextKey guessed = ContextKey.of(Secret.of("guessed"));
          assertForged(sessions, guessed.sign(TenantContext.of("ben"), 0, Instant.now()));
        });
  }

  @EachServer
  void a_context_is_of_no_use_in_another_session_or_later(PostgresDatabase database)
      throws Exception {
    with(
        database,
        (shop, sessions) -> {
          ContextKey key = shop.provisioning.contextKey(Shop.TARGET);
          assertForged(sessions, key.sign(TenantContext.of("ben"), 1, Instant.now()));
          Instant past = Instant.now().minus(Duration.ofMinutes(11));
          assertForged(sessions, key.sign(TenantContext.of("ben"), 0, past));
          // One that was left in the session on purpose reaches no other transaction.
          sessions.asTenant(
              ANN,
              Access.WRITE,
              ask(
                  "select set_config('undercroft.context', current_setting('undercroft.context'), false)"));
          String none = sessions.withoutTenant(Access.READ, ask(WHO));
          assertThat(none).isEqualTo("-/-");
        });
  }

  @EachServer
  void nobody_who_serves_requests_reads_or_changes_the_key(PostgresDatabase database)
      throws Exception {
    with(
        database,
        (shop, sessions) -> {
          for (String sql :
              new String[] {
                "select inner_pad from undercroft.context_key",
                "delete from undercroft.context_key returning id",
                "select pg_get_functiondef('undercroft.context'::regproc)"
                    + " from undercroft.context_key"
              }) {
            assertThatThrownBy(() -> sessions.asTenant(ANN, Access.WRITE, ask(sql)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("permission denied");
          }
        });
  }

  @EachServer
  void the_key_changes_while_transactions_run(PostgresDatabase database) throws Exception {
    with(
        database,
        (shop, sessions) -> {
          shop.secrets.change("shop.context-key", "another secret");
          assertThat(shop.missing()).containsExactly("key that signs tenants");
          Optional<ContextKey> fresh = shop.apply().contextKey();
          assertThat(shop.missing()).isEmpty();
          assertThat(as(sessions, ANN, Access.READ, WHO)).as("the old key").isEqualTo("ann/ARTIST");
          try (ConnectionPool pool = pool(shop, fresh)) {
            assertThat(as(new Sessions(pool), ANN, Access.READ, WHO)).isEqualTo("ann/ARTIST");
          }
        });
  }

  private static String attempt(Sessions sessions, String... before) {
    return sessions.asTenant(
        ANN,
        Access.WRITE,
        connection -> {
          for (String sql : before) {
            ask(sql).run(connection);
          }
          return ask(WHO).run(connection);
        });
  }

  private static void assertForged(Sessions sessions, String token) {
    for (String query : new String[] {WHO, NOTES}) {
      assertThatThrownBy(() ->
              sessions.asTenant(
                  ANN,
                  Access.WRITE,
                  connection -> {
                    try (PreparedStatement set =
                        connection.prepareStatement(
                            "select set_config('undercroft.context', ?, true)")) {
                      set.setString(1, token);
                      set.execute();
                    }
                    return ask(query).run(connection);
                  }))
          .as(token)
          .isInstanceOf(ProblemException.class);
    }
  }

  private static String as(Sessions sessions, TenantContext who, Access access, String query) {
    return sessions.asTenant(who, access, ask(query));
  }

  private static SqlWork<String> ask(String query) {
    return connection -> {
      try (PreparedStatement statement = connection.prepareStatement(query);
          ResultSet rows = statement.executeQuery()) {
        rows.next();
        return String.valueOf(rows.getString(1));
      }
    };
  }

  private static void with(PostgresDatabase database, BiConsumer<Shop, Sessions> test)
      throws SQLException {
    Shop shop = new Shop(database);
    Provisioned provisioned = shop.apply();
    Shop.run(
        provisioned.ways().migrator(),
        "create table note (tenant text)",
        "insert into note values ('ann'), ('ann'), ('ben')",
        "alter table note enable row level security",
        "alter table note force row level security",
        "create policy own on note using (tenant = (select undercroft.tenant()))",
        "alter table note owner to shop_owner");
    try (ConnectionPool pool = pool(shop, provisioned.contextKey())) {
      test.accept(shop, new Sessions(pool));
    }
  }

  private static ConnectionPool pool(Shop shop, Optional<ContextKey> key) {
    var source = new PostgresConnections(shop.apply().ways().app(), "a test", key);
    return new ConnectionPool("shop", source, PoolSettings.DEFAULT.withMaximum(1).withMinimum(0));
  }
}
