package dev.undercroft.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Progress;
import dev.undercroft.platform.SafetyAnswer.Finding;
import dev.undercroft.postgres.ProvisionTarget;
import dev.undercroft.postgres.Provisioned;
import dev.undercroft.postgres.Provisioning;
import dev.undercroft.safety.Places.Place;
import dev.undercroft.settings.Project;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each deviation planted in a database that is right, and found. */
@DatabaseTest
class SecurityAuditTest {

  private static final String HERE = "do $$ begin execute format('alter database %I ";

  /** What makes it wrong, what makes it right again, and the rule that must speak. */
  private static final String[][] DEVIATIONS = {
    {"alter role guarded_app createdb", "alter role guarded_app nocreatedb", "role-attributes"},
    {"alter role guarded_owner login", "alter role guarded_owner nologin", "role-attributes"},
    {"alter role guarded_app bypassrls", "alter role guarded_app nobypassrls", "role-attributes"},
    {"grant pg_monitor to guarded_app", "revoke pg_monitor from guarded_app", "role-membership"},
    {
      "grant guarded_system to guarded_friend",
      "revoke guarded_system from guarded_friend",
      "role-adopted"
    },
    {
      "alter role guarded_friend superuser login",
      "alter role guarded_friend nosuperuser nologin",
      "superuser"
    },
    {
      here("grant connect on database", "to public"),
      here("revoke connect on database", "from public"),
      "database-open"
    },
    {
      here("grant connect on database", "to guarded_friend"),
      here("revoke connect on database", "from guarded_friend"),
      "database-open"
    },
    {
      "grant create on schema public to public",
      "revoke create on schema public from public",
      "schema-open"
    },
    {"create table mine (id integer)", "drop table mine", "owner"},
    {
      "grant select on item to guarded_friend",
      "revoke select on item from guarded_friend",
      "grant-stranger"
    },
    {
      "alter table item enable row level security",
      "alter table item disable row level security",
      "grant-unused"
    },
    {
      "grant truncate on item to guarded_app",
      "revoke truncate on item from guarded_app",
      "grant-beyond-rows"
    },
    {
      "grant insert on item to guarded_analytics",
      "revoke insert on item from guarded_analytics",
      "grant-beyond-rows"
    },
    {
      "alter table item add password_hash text",
      "alter table item drop password_hash",
      "report-of-secrets"
    },
    {
      "grant select on undercroft.context_key to guarded_app",
      "revoke select on undercroft.context_key from guarded_app",
      "platform-open"
    },
    {
      "update undercroft.context_key set created_at = now() - interval '400 days'",
      "update undercroft.context_key set created_at = now()",
      "key-stale"
    },
    {setting("password_encryption = md5"), reset("password_encryption"), "password-encryption"},
    {setting("row_security = off"), reset("row_security"), "row-security"},
    {setting("log_statement = ''all''"), reset("log_statement"), "log-values"},
    {setting("debug_print_plan = on"), reset("debug_print_plan"), "log-values"},
    {"delete from undercroft.context_key", "select 1", "key-missing"},
  };

  @TempDir private Path folder;

  private static String here(String before, String after) {
    return "do $$ begin execute format('"
        + before
        + " %I "
        + after
        + "', current_database()); end $$";
  }

  private static String setting(String text) {
    return HERE + "set " + text + "', current_database()); end $$";
  }

  private static String reset(String name) {
    return HERE + "reset " + name + "', current_database()); end $$";
  }

  /** A project as the platform makes it, with one table. */
  private Place provision(PostgresAddress admin) throws SQLException {
    Provisioning provisioning = new Provisioning(admin, new Grounds.Pocket("p"));
    Provisioned made =
        provisioning.apply(ProvisionTarget.of("guarded", admin.database()), Progress.NONE);
    try (Connection connection =
            new dev.undercroft.postgres.PostgresConnections(made.ways().migrator(), "a test")
                .open();
        Statement statement = connection.createStatement()) {
      statement.execute("set role guarded_owner");
      statement.execute("create table if not exists item (id integer primary key)");
    }
    provisioning.grant(made, new SqlSource("grants.sql", ""));
    Project project =
        new Project(
            "guarded", "Guarded", folder, folder, folder, folder, folder.resolve("grants.sql"));
    return new Place(
        project, admin, Place.Server.EMBEDDED, folder.resolve("state"), new Grounds.Pocket("p"));
  }

  private static PostgresAddress address(String url) {
    return (PostgresAddress) DatabaseUrl.parse(url, Path.of("").toAbsolutePath());
  }

  private static Set<String> found(Place place) {
    return new SecurityVerb(place)
        .audit().stream()
            .map(one -> one.rule() + " " + one.object() + " " + one.detail())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void what_the_platform_provides_is_right_and_each_planted_deviation_is_found(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    database.execute(
        "do $$ begin if not exists (select from pg_roles where rolname = 'guarded_friend') then"
            + " create role guarded_friend nologin; end if; end $$");
    Place place = provision(address(database.url()));
    Set<String> usual = found(place);
    assertThat(usual)
        .as("but for the server of the tests itself")
        .allMatch(
            one -> one.matches("(admission|admission-clear|superuser|data-directory-mode) .*"));
    List<String> missed = new ArrayList<>();
    for (String[] deviation : DEVIATIONS) {
      database.execute(deviation[0]);
      Set<String> now = found(place);
      now.removeAll(usual);
      if (now.stream().noneMatch(one -> one.startsWith(deviation[2] + " "))) {
        missed.add(deviation[0] + " gave " + now);
      }
      database.execute(deviation[1]);
    }
    assertThat(missed).isEmpty();
    database.execute("drop role guarded_friend");
  }

  @Test
  void a_server_that_admits_anybody_in_the_clear_is_found() throws SQLException {
    ServerOptions careless =
        ServerOptions.NONE
            .with("listen_addresses", "127.0.0.1,127.0.0.2")
            .with("log_file_mode", "0644")
            .withAuthentication("host all guarded_nobody 10.0.0.0/8 trust");
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, careless)) {
      Place place =
          provision(address(server.url(PostgresServer.USER, PostgresServer.PASSWORD, "postgres")));
      assertThat(found(place))
          .anyMatch(one -> one.startsWith("admission ") && one.contains("trust"))
          .anyMatch(one -> one.startsWith("admission-clear "))
          .anyMatch(one -> one.startsWith("server-tls "))
          .anyMatch(one -> one.startsWith("log-file-mode "));
    }
  }

  @Test
  void every_finding_says_what_to_do_and_most_name_a_requirement(
      @On(PostgresVersion.V18) PostgresDatabase database) throws SQLException {
    Place place = provision(address(database.url()));
    Project stranger =
        new Project("stranger", "Stranger", folder, folder, folder, folder, folder.resolve("g"));
    List<Finding> findings =
        new SecurityVerb(
                new Place(stranger, place.admin(), place.server(), place.state(), place.secrets()))
            .audit();
    assertThat(findings.stream().filter(one -> one.rule().equals("role-missing"))).hasSize(6);
    assertThat(findings).noneMatch(one -> one.rule().equals("rule-failed"));
    assertThat(findings)
        .allMatch(
            one -> !one.remedy().isEmpty() && one.requirement().matches("\\d+\\.\\d+\\.\\d+"));
  }

  @Test
  void files_that_others_can_read_are_found(@On(PostgresVersion.V18) PostgresDatabase database)
      throws Exception {
    Place place = provision(address(database.url()));
    Path secret = folder.resolve("state/secrets/guarded_app");
    Files.createDirectories(secret.getParent());
    Files.writeString(secret, "x");
    Files.writeString(folder.resolve(".env"), "A=b");
    Files.writeString(folder.resolve(".env.example"), "A=b");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Files.setPosixFilePermissions(
        folder.resolve(".env"), PosixFilePermissions.fromString("rw-------"));
    assertThat(new SecretFilesCheck(place).look()).isEmpty();
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(
        folder.resolve(".env"), PosixFilePermissions.fromString("rw-r-----"));
    assertThat(new SecretFilesCheck(place).look())
        .extracting(Finding::object)
        .containsExactlyInAnyOrder(secret.toString(), folder.resolve(".env").toString());
  }

  @Test
  void a_way_over_the_network_without_a_checked_certificate_is_found() {
    Project project =
        new Project("guarded", "Guarded", folder, folder, folder, folder, folder.resolve("g"));
    for (String[] one :
        new String[][] {
          {"postgres://me@db.example.org/shop", "tls-unverified"},
          {"postgres://me@db.example.org/shop?sslmode=require", "tls-unverified"},
          {"postgres://me@db.example.org/shop?sslmode=verify-full", ""},
          {"postgres://me@127.0.0.1/shop", ""}
        }) {
      Place place =
          new Place(
              project, address(one[0]), Place.Server.EXTERNAL, folder, new Grounds.Pocket("p"));
      List<Finding> findings = new ArrayList<>();
      new SecurityVerb(place).transport(findings);
      assertThat(findings.stream().map(Finding::rule).collect(Collectors.joining()))
          .as(one[0])
          .isEqualTo(one[1]);
    }
  }
}
