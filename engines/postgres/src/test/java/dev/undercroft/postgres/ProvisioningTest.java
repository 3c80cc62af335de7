package dev.undercroft.postgres;

import static dev.undercroft.postgres.Shop.ask;
import static dev.undercroft.postgres.Shop.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.postgres.ProvisionPlan.Mode;
import dev.undercroft.postgres.Provisioned.Ways;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@DatabaseTest
class ProvisioningTest {

  private static final SqlSource NO_GRANTS = new SqlSource("grants.sql", "");

  @EachServer
  void a_second_run_changes_nothing(PostgresDatabase database) {
    Shop shop = new Shop(database);
    Provisioned first = shop.apply();
    assertThat(first.mode()).isEqualTo(Mode.OWN_ROLES);
    assertThat(first.warnings()).isEmpty();
    assertThat(first.done()).contains("database Shop dev", "role shop_app", "schema undercroft");
    assertThat(shop.missing()).isEmpty();
    assertThat(shop.apply().done()).isEmpty();
  }

  @EachServer
  void every_role_can_log_in_but_the_owner_and_nobody_else_can_connect(PostgresDatabase database)
      throws Exception {
    Shop shop = new Shop(database);
    Ways ways = shop.apply().ways();
    for (PostgresAddress way :
        List.of(ways.migrator(), ways.app(), ways.system(), ways.analytics(), ways.backup())) {
      assertThat(ask(way, "SELECT current_user || ' ' || current_database()"))
          .containsExactly(way.user() + " Shop dev");
    }
    database.execute("CREATE ROLE stranger LOGIN PASSWORD 'x'");
    PostgresAddress stranger = ways.app().withUser("stranger", dev.undercroft.base.Secret.of("x"));
    assertThatThrownBy(() -> ask(stranger, "SELECT 1")).hasMessageContaining("may not connect");
    assertThat(
            ask(
                shop.admin,
                "SELECT rolname || ':' || rolcanlogin || ':' || rolbypassrls FROM pg_roles"
                    + " WHERE rolname LIKE 'shop%' ORDER BY 1"))
        .containsExactly(
            "shop_analytics:true:false",
            "shop_app:true:false",
            "shop_backup:true:true",
            "shop_migrator:true:true",
            "shop_owner:false:false",
            "shop_system:true:true");
  }

  @EachServer
  void what_the_migrator_makes_is_open_to_each_role_as_it_should_be(PostgresDatabase database)
      throws Exception {
    Shop shop = new Shop(database);
    Provisioned provisioned = shop.apply();
    Ways ways = provisioned.ways();
    run(
        ways.migrator(),
        "CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY, tenant text)",
        "ALTER TABLE item OWNER TO shop_owner",
        "CREATE SCHEMA archive",
        "CREATE TABLE archive.old (id int)",
        "CREATE SEQUENCE numbers",
        "CREATE EXTENSION pg_trgm");
    run(ways.app(), "INSERT INTO item (tenant) VALUES ('ann')", "SELECT nextval('numbers')");
    run(ways.system(), "UPDATE item SET tenant = 'bob'", "INSERT INTO archive.old VALUES (1)");
    assertThat(ask(ways.analytics(), "SELECT tenant FROM item")).containsExactly("bob");
    assertThat(ask(ways.backup(), "SELECT id FROM archive.old")).containsExactly("1");
    refused(ways.analytics(), "DELETE FROM item");
    refused(ways.backup(), "DELETE FROM item");
    for (PostgresAddress way : List.of(ways.app(), ways.system(), ways.analytics())) {
      refused(way, "CREATE TABLE mine (id int)");
      refused(way, "CREATE TEMP TABLE mine (id int)");
      refused(way, "CREATE SCHEMA mine");
      refused(way, "ALTER TABLE item DISABLE ROW LEVEL SECURITY");
      refused(way, "TRUNCATE item");
      refused(way, "SET ROLE shop_owner");
    }
  }

  @EachServer
  void a_function_of_the_owner_asks_for_whom_it_acts(PostgresDatabase database) throws Exception {
    Ways ways = new Shop(database).apply().ways();
    run(
        ways.migrator(),
        "CREATE FUNCTION who() RETURNS text LANGUAGE sql SECURITY DEFINER"
            + " AS 'SELECT coalesce(undercroft.tenant(), current_user::text)'",
        "ALTER FUNCTION who() OWNER TO shop_owner");
    assertThat(ask(ways.app(), "SELECT who()")).containsExactly("shop_owner");
  }

  private static void refused(PostgresAddress as, String sql) {
    assertThatThrownBy(() -> run(as, sql))
        .isInstanceOfSatisfying(
            java.sql.SQLException.class,
            thrown -> assertThat(thrown.getSQLState()).as(sql).isEqualTo("42501"));
  }

  @EachServer
  void row_policies_bind_requests_and_not_migrations_and_fail_closed(PostgresDatabase database)
      throws Exception {
    Provisioned provisioned = new Shop(database).apply();
    Ways ways = provisioned.ways();
    String ann = "9e107d9d-372b-4b6c-8f2a-1d3d2a3c4b5d";
    run(
        ways.migrator(),
        "CREATE TABLE item (owner uuid)",
        "ALTER TABLE item ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
        "CREATE POLICY own ON item USING (owner = (SELECT undercroft.tenant_uuid()))",
        "ALTER TABLE item OWNER TO shop_owner",
        "INSERT INTO item VALUES ('" + ann + "'), (gen_random_uuid())");
    assertThat(ask(ways.app(), "SELECT count(*) FROM item")).containsExactly("0");
    assertThat(ask(ways.system(), "SELECT count(*) FROM item")).containsExactly("2");
    try (Connection connection = Shop.connect(ways.app())) {
      connection.setAutoCommit(false);
      new PostgresConnections(ways.app(), "a test", provisioned.contextKey())
          .bind(connection, new dev.undercroft.access.TenantContext(ann, "admin"));
      try (var rows =
          connection
              .createStatement()
              .executeQuery(
                  "SELECT count(*) || ' ' || undercroft.tenant() || ' ' || undercroft.actor_role()"
                      + " FROM item")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("1 " + ann + " admin");
      }
      connection.commit();
      try (var rows =
          connection.createStatement().executeQuery("SELECT undercroft.tenant() IS NULL")) {
        rows.next();
        assertThat(rows.getBoolean(1)).isTrue();
      }
      connection.rollback();
    }
  }

  @EachServer
  void wherever_it_is_interrupted_the_next_run_goes_on(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    for (String secret : List.of("migrator", "app", "system", "analytics", "backup")) {
      shop.secrets.getOrCreate("shop_" + secret);
    }
    int steps = shop.provisioning.plan(Shop.TARGET).steps().size();
    assertThat(steps).isGreaterThan(12);
    for (int done = 1; done <= steps; done++) {
      List<ProvisionStep> rest = shop.provisioning.plan(Shop.TARGET).steps();
      assertThat(rest).hasSize(steps - done + 1);
      try (Connection cluster = Shop.connect(shop.admin)) {
        new ProvisionExecutor(shop.provisioning, Shop.TARGET, cluster)
            .run(rest.subList(0, 1), Progress.NONE);
      }
    }
    assertThat(shop.missing()).isEmpty();
  }

  @EachServer
  void what_was_changed_by_hand_is_put_right(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    shop.apply();
    run(
        shop.admin,
        "ALTER ROLE shop_app BYPASSRLS CREATEROLE",
        "GRANT CONNECT ON DATABASE \"Shop dev\" TO PUBLIC",
        "REVOKE shop_owner FROM shop_migrator",
        "ALTER DATABASE \"Shop dev\" OWNER TO " + shop.admin.user());
    run(
        shop.admin.withDatabase("Shop dev"),
        "GRANT CREATE ON SCHEMA public TO PUBLIC",
        "REVOKE USAGE ON SCHEMA undercroft FROM shop_app",
        "ALTER DEFAULT PRIVILEGES FOR ROLE shop_migrator REVOKE SELECT ON TABLES FROM shop_app");
    shop.secrets.change("shop_app", "another password");
    assertThat(shop.missing())
        .containsExactly(
            "attributes of shop_app",
            "password of shop_app",
            "memberships of roles",
            "owner of the database Shop dev",
            "who may connect to Shop dev",
            "who may use the schemas",
            "privileges of what migrations will make");
    Ways ways = shop.apply().ways();
    assertThat(shop.missing()).isEmpty();
    assertThat(ask(ways.app(), "SELECT undercroft.tenant()")).containsExactly("null");
  }

  @EachServer
  void several_at_once_do_not_get_in_each_others_way(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    List<Future<Provisioned>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(shop::apply));
      }
    }
    for (Future<Provisioned> one : all) {
      assertThat(one.get().mode()).isEqualTo(Mode.OWN_ROLES);
    }
    assertThat(shop.missing()).isEmpty();
  }

  @EachServer
  void grants_of_the_project_are_all_given_or_none(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    Provisioned provisioned = shop.apply();
    run(
        provisioned.ways().migrator(),
        "CREATE TABLE item (id int, price int)",
        "ALTER TABLE item OWNER TO shop_owner",
        "CREATE TABLE undercroft.migration (id int)");
    SqlSource grants =
        new SqlSource(
            "grants.sql",
            "revoke all on item from shop_analytics;\ngrant select (id) on item to shop_analytics;");
    shop.provisioning.grant(provisioned, grants);
    shop.provisioning.grant(provisioned, grants);
    refused(provisioned.ways().analytics(), "SELECT price FROM item");
    refused(provisioned.ways().app(), "SELECT * FROM undercroft.migration");
    SqlSource wrong =
        new SqlSource(
            "apps/shop/grants.sql",
            "grant select on item to shop_analytics;\n-- then\ngrant select on itm to shop_app;");
    Problem problem =
        catchThrowableOfType(
                ProblemException.class, () -> shop.provisioning.grant(provisioned, wrong))
            .first();
    assertThat(problem.code()).isEqualTo("POSTGRES_GRANTS_REFUSED");
    assertThat(problem.detail()).contains("apps/shop/grants.sql:3:1").contains("42P01");
    refused(provisioned.ways().analytics(), "SELECT price FROM item");
    assertThat(shop.missing()).isEmpty();
  }

  @EachServer
  void a_table_of_the_platform_that_is_open_is_closed(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    Provisioned provisioned = shop.apply();
    run(provisioned.ways().migrator(), "CREATE TABLE undercroft.migration (id int)");
    assertThat(shop.missing()).containsExactly("closing the platform's tables");
    shop.apply();
    refused(provisioned.ways().app(), "SELECT * FROM undercroft.migration");
    shop.provisioning.grant(provisioned, NO_GRANTS);
  }

  @EachServer
  void tables_that_were_there_before_are_told_with_the_statements_that_help(
      PostgresDatabase database) throws Exception {
    database.execute("CREATE TABLE \"Old one\" (id int)");
    ProvisionTarget target = ProvisionTarget.of("shop", database.name());
    Shop shop = new Shop(database);
    Provisioned first = shop.provisioning.apply(target, Progress.NONE);
    Problem warning = first.warnings().getFirst();
    assertThat(warning.code()).isEqualTo("POSTGRES_FOREIGN_OBJECTS");
    refused(first.ways().app(), "SELECT * FROM \"Old one\"");
    run(shop.admin, warning.detail());
    run(first.ways().app(), "SELECT * FROM \"Old one\"");
    assertThat(shop.provisioning.apply(target, Progress.NONE).warnings()).isEmpty();
  }

  @EachServer
  void a_database_of_a_newer_program_is_not_touched(PostgresDatabase database) throws Exception {
    Shop shop = new Shop(database);
    shop.apply();
    run(
        shop.admin.withDatabase("Shop dev"),
        "COMMENT ON SCHEMA undercroft IS 'Undercroft platform, version 99'");
    assertThatThrownBy(shop::apply).hasMessageContaining("prepared by a newer Undercroft");
  }
}
