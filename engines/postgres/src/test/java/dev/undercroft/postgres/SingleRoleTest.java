package dev.undercroft.postgres;

import static dev.undercroft.postgres.Shop.ask;
import static dev.undercroft.postgres.Shop.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.postgres.ProvisionPlan.Mode;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@DatabaseTest
class SingleRoleTest {

  private static PostgresAddress address(String url) {
    return (PostgresAddress) DatabaseUrl.parse(url, Path.of("/"));
  }

  @EachServer
  void a_role_that_may_not_make_roles_does_everything_itself_and_says_so(PostgresDatabase database)
      throws Exception {
    database.execute(
        "CREATE ROLE plain LOGIN PASSWORD 'x'",
        "ALTER DATABASE \"" + database.name() + "\" OWNER TO plain");
    Provisioning provisioning =
        new Provisioning(address(database.url("plain", "x")), new TestSecrets());
    ProvisionTarget target = ProvisionTarget.of("shop", database.name());
    Provisioned first = provisioning.apply(target, Progress.NONE);
    assertThat(first.mode()).isEqualTo(Mode.SINGLE_ROLE);
    assertThat(first.done()).containsExactly("schema undercroft");
    Problem warning = first.warnings().getFirst();
    assertThat(warning.code()).isEqualTo("POSTGRES_SINGLE_ROLE");
    assertThat(warning.remedy()).contains("ALTER ROLE \"plain\" CREATEROLE CREATEDB BYPASSRLS");
    assertThat(first.ways().app()).isEqualTo(first.ways().migrator());
    assertThat(ask(first.ways().app(), "SELECT undercroft.tenant()")).containsExactly("null");
    provisioning.grant(first, new SqlSource("grants.sql", "grant select on t to shop_app"));
    assertThat(provisioning.apply(target, Progress.NONE).done()).isEmpty();
  }

  @EachServer
  void a_database_that_is_missing_and_may_not_be_made_is_a_problem(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE ROLE plain LOGIN PASSWORD 'x'");
    Provisioning provisioning =
        new Provisioning(
            address(database.url("plain", "x")).withDatabase("missing"), new TestSecrets());
    Problem problem =
        catchThrowableOfType(
                ProblemException.class,
                () -> provisioning.apply(ProvisionTarget.of("shop", "missing"), Progress.NONE))
            .first();
    assertThat(problem.code()).isEqualTo("POSTGRES_NO_DATABASE");
    assertThat(problem.remedy()).contains("CREATE DATABASE \"missing\" OWNER \"plain\"");
  }

  @EachServer
  void a_missing_right_names_the_step_and_the_remedy(PostgresDatabase database) throws Exception {
    database.execute("CREATE ROLE plain LOGIN PASSWORD 'x'");
    Provisioning provisioning =
        new Provisioning(address(database.url("plain", "x")), new TestSecrets());
    Problem problem =
        catchThrowableOfType(
                ProblemException.class,
                () ->
                    provisioning.apply(ProvisionTarget.of("shop", database.name()), Progress.NONE))
            .first();
    assertThat(problem.code()).isEqualTo("POSTGRES_PROVISION_FAILED");
    assertThat(problem.message()).contains("schema undercroft").contains("permission denied");
    assertThat(problem.remedy()).contains("plain");
  }

  @Test
  void from_16_on_a_role_that_may_make_roles_gives_the_project_its_own(PostgresDatabase database)
      throws Exception {
    database.execute("CREATE ROLE cloud LOGIN PASSWORD 'x' CREATEROLE CREATEDB BYPASSRLS");
    Shop shop = new Shop(database.url("cloud", "x"));
    Provisioned provisioned = shop.apply();
    assertThat(provisioned.mode()).isEqualTo(Mode.OWN_ROLES);
    assertThat(shop.missing()).isEmpty();
    run(
        provisioned.ways().migrator(),
        "CREATE TABLE item (id int)",
        "ALTER TABLE item OWNER TO shop_owner");
    run(provisioned.ways().app(), "INSERT INTO item VALUES (1)");
    shop.provisioning.grant(
        provisioned, new SqlSource("grants.sql", "revoke delete on item from shop_app"));
    assertThat(ask(provisioned.ways().backup(), "SELECT id FROM item")).containsExactly("1");
  }
}
