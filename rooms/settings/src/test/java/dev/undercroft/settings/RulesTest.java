package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {

  private static final String STRONG = "Zk3vQ9-x7Lm2pR8tYw4nBc6dFh1jGs5a";

  @TempDir private Path folder;

  @Test
  void unknown_keys_are_refused_with_the_place_and_the_nearest_right_one() {
    ProjectFile file = file("[database]\nurll = \"postgres://u:hidden@h/d\"\n");
    assertThat(file.problems()).hasSize(1);
    Problem problem = file.problems().getFirst();
    assertThat(problem.message()).contains("'database.urll'");
    assertThat(problem.remedy()).isEqualTo("Did you mean database.url?");
    assertThat(problem.detail()).contains("undercroft.toml:5:1", "5 | urll = ", "| ^");
    assertThat(problem.detail()).doesNotContain("hidden");
  }

  @Test
  void a_broken_file_shows_the_line_and_no_password() {
    ProjectFile file = file("[database]\nurl = \"postgres://u:hidden@h/d\n");
    assertThat(file.problems()).isNotEmpty();
    assertThat(file.problems()).extracting(Problem::code).containsOnly("SETTINGS_TOML_SYNTAX");
    assertThat(file.problems().toString()).contains("undercroft.toml:5").doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource({
    "PORT, abc, it is not a whole number",
    "PORT, 70000, it is not between 0 and 65535",
    "NODE_ENV, prod, write one of",
    "NODE_ENV, producton, did you mean production?",
    "LOG_LEVEL, infos, did you mean info?",
    "BACKUP_COMPRESSION, flase, write true or false",
    "BACKUP_RETENTION_DAYS, 0, it is not between 1 and 36500",
    "BACKUP_SCHEDULE, 0 25 * * *, cannot be backup.schedule",
    "BACKUP_SCHEDULE, daily, cannot be backup.schedule",
    "REPLICATION_SYNC_INTERVAL, soon, write a number and a unit",
    "REPLICATION_NODES, '[{\"id\":\"a\"}', it is not JSON",
    "REPLICATION_NODES, '[{\"id\":\"a\"}]', node 1 needs a text 'host'",
    "REPLICATION_CONFLICT_RESOLUTION, last-writer-wins, did you mean last-write-wins?"
  })
  void a_wrong_value_is_refused_with_its_name_value_and_remedy(
      String variable, String value, String reason) {
    List<Problem> problems = desk().variable(variable, value).report(Purpose.COMMAND).problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo("SETTINGS_INVALID");
    assertThat(problems.getFirst().message())
        .contains("'" + value + "' (variable " + variable + ")", reason);
    assertThat(problems.getFirst().remedy()).startsWith("Write a ");
  }

  @Test
  @Tag("CP-083")
  void replication_has_three_modes_and_refuses_a_fourth() {
    for (String mode : List.of("master-slave", "master-master", "cluster")) {
      assertThat(desk().variable("REPLICATION_MODE", mode).read().get(ReplicationSettings.MODE))
          .hasToString(mode.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
    assertThat(desk().variable("REPLICATION_MODE", "ring").report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_INVALID");
  }

  @Test
  void the_replication_nodes_of_the_manual_are_understood_and_as_a_table_too() {
    String json =
        "[{\"id\":\"node1\",\"host\":\"db1\",\"port\":5432,\"role\":\"master\",\"priority\":1},"
            + "{\"id\":\"node2\",\"host\":\"db2\",\"port\":5433,\"role\":\"slave\",\"priority\":2}]";
    List<ReplicationNode> fromVariable =
        desk().variable("REPLICATION_NODES", json).read().get(ReplicationSettings.NODES);
    assertThat(fromVariable)
        .containsExactly(
            new ReplicationNode("node1", "db1", 5432, ReplicationNode.Role.MASTER, 1),
            new ReplicationNode("node2", "db2", 5433, ReplicationNode.Role.SLAVE, 2));
    List<ReplicationNode> fromFile =
        desk()
            .toml(
                """
                [[replication.nodes]]
                id = "node1"
                host = "db1"
                port = 5432
                role = "master"
                priority = 1
                [[replication.nodes]]
                id = "node2"
                host = "db2"
                port = 5433
                role = "replica"
                priority = 2
                """)
            .read()
            .get(ReplicationSettings.NODES);
    assertThat(fromFile).isEqualTo(fromVariable);
  }

  @Test
  @Tag("CP-045")
  void encrypted_backups_without_a_key_are_an_error() {
    Desk desk = desk().variable("BACKUP_ENCRYPTION", "true");
    assertThat(desk.report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_BACKUP_KEY_MISSING");
    desk.variable("BACKUP_ENCRYPTION_KEY", STRONG);
    assertThat(desk.read().get(BackupSettings.ENCRYPTION)).isTrue();
  }

  @Test
  void all_problems_are_reported_together() {
    List<Problem> problems =
        desk()
            .toml("[pool]\nmin = 20\n")
            .file(".env", "PORT=x\nbroken\nDATABSE_URL=postgres://h/d\n")
            .variable("LOG_LEVEL", "loud")
            .variable("UNDERCROFT_PROT", "1")
            .variable("BACKUP_S3_ACCESS_KEY", "AKIA")
            .report(Purpose.COMMAND)
            .problems();
    assertThat(problems)
        .extracting(Problem::code)
        .containsExactlyInAnyOrder(
            "SETTINGS_DOTENV_SYNTAX",
            "SETTINGS_INVALID",
            "SETTINGS_INVALID",
            "SETTINGS_UNKNOWN_NAME",
            "SETTINGS_UNKNOWN_NAME",
            "SETTINGS_POOL_BOUNDS",
            "SETTINGS_HALF_A_PAIR");
  }

  @Test
  void names_that_are_nearly_known_are_refused_and_strangers_left_alone() {
    List<Problem> problems =
        desk()
            .file(".env", "NEXT_PUBLIC_TITLE=x\nGEMINI_API_KEY=y\nDATABASE_URI=postgres://h/d\n")
            .variable("HOME", "/root")
            .report(Purpose.COMMAND)
            .problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().remedy())
        .startsWith("Did you mean DATABASE_URL?")
        .contains("[variables]");
    assertThat(
            desk()
                .toml("[variables.DATABASE_URI]\n")
                .file(".env", "DATABASE_URI=postgres://h/d\n")
                .report(Purpose.COMMAND)
                .problems())
        .isEmpty();
  }

  @Test
  @Tag("EP-091")
  void a_start_in_production_is_refused_when_a_required_variable_is_missing() {
    Desk desk =
        desk()
            .toml(
                """
                [variables.DATABASE_URL]
                required = "production"
                [variables.DIRECT_URL]
                required = "production"
                [variables.NEXTAUTH_SECRET]
                type = "secret"
                required = "production"
                """);
    assertThat(desk.report(Purpose.START).problems()).isEmpty();
    desk.variable("NODE_ENV", "production").variable("DIRECT_URL", "postgres://h/d");
    assertThat(desk.report(Purpose.COMMAND).problems()).isEmpty();
    assertThat(desk.report(Purpose.START).problems())
        .extracting(Problem::code, Problem::message)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "SETTINGS_REQUIRED",
                "DATABASE_URL is not set, and the environment production needs it"),
            org.assertj.core.groups.Tuple.tuple(
                "SETTINGS_REQUIRED",
                "NEXTAUTH_SECRET is not set, and the environment production needs it"));
  }

  @ParameterizedTest
  @Tag("SC-064")
  @CsvSource({
    "changeme-changeme-changeme-changeme, well-known default",
    "your-secret-key-must-be-replaced-32-x, well-known default",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, repeats a few characters",
    STRONG + ", the same as variables.JWT_SECRET"
  })
  void a_start_in_production_is_refused_with_a_weak_or_repeated_secret(
      String pepper, String reason) {
    Desk desk = secretive().variable("PASSWORD_PEPPER", pepper);
    assertThat(desk.report(Purpose.START).problems()).isEmpty();
    desk.variable("ENVIRONMENT", "production");
    assertThat(desk.report(Purpose.START).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_WEAK_SECRET");
    assertThat(desk.report(Purpose.START).problems().getFirst().message())
        .contains("PASSWORD_PEPPER", reason)
        .doesNotContain(pepper);
  }

  @Test
  @Tag("SC-064")
  @Tag("CP-134")
  void a_short_secret_is_refused_everywhere_and_a_default_password_in_production() {
    assertThat(secretive().variable("PASSWORD_PEPPER", "short").report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_INVALID");
    Desk desk =
        secretive()
            .variable("DATABASE_URL", "postgres://seda_user:seda_pass@localhost:5432/seda_dev")
            .variable("ENVIRONMENT", "production");
    assertThat(desk.report(Purpose.START).problems())
        .extracting(Problem::message)
        .containsExactly(
            "the password in database.url (variable DATABASE_URL) is too weak for production: it"
                + " is a well-known default");
  }

  @ParameterizedTest
  @CsvSource({
    "lower, type = \"text\", capital letters",
    "TYPED, type = \"texts\", there is no type 'texts'",
    "SECRET_ONE, 'type = \"secret\"\ndefault = \"x\"', a secret has no default",
    "NUMBER_ONE, 'type = \"number\"\ndefault = \"x\"', it is not a whole number",
    "PORT, default = \"3000\", the product itself reads this variable",
    "UNDERCROFT_X, type = \"text\", belong to the product",
    "WHEN, required = \"sometimes\", 'never, production or always'"
  })
  void a_wrong_declaration_is_refused(String name, String keys, String reason) {
    ProjectFile file = file("[variables." + name + "]\n" + keys + "\n");
    assertThat(file.problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_VARIABLE_DECLARATION");
    assertThat(file.problems().getFirst().message()).contains(reason);
  }

  @Test
  @Tag("SF-101")
  @Tag("SF-102")
  @Tag("SF-103")
  @Tag("SF-104")
  void each_environment_has_its_own_database_address() {
    Desk desk =
        desk()
            .toml(
                """
                [environments.development.database]
                url = "postgresql://localhost:5432/seda_dev"
                [environments.qa.database]
                url = "postgresql://qa-db.seda.fm:5432/seda_qa"
                [environments.sandbox.database]
                url = "postgresql://sandbox-db.seda.fm:5432/seda_sandbox"
                """)
            .file(".env.production", "DATABASE_URL=postgresql://prod-db.seda.fm:5432/seda_prod\n");
    assertThat(address(desk, "development")).isEqualTo("postgresql://localhost:5432/seda_dev");
    assertThat(address(desk, "qa")).isEqualTo("postgresql://qa-db.seda.fm:5432/seda_qa");
    assertThat(address(desk, "sandbox"))
        .isEqualTo("postgresql://sandbox-db.seda.fm:5432/seda_sandbox");
    assertThat(address(desk, "production"))
        .isEqualTo("postgresql://prod-db.seda.fm:5432/seda_prod");
  }

  private static String address(Desk desk, String environment) {
    return desk.variable("ENVIRONMENT", environment).read().get(DatabaseSettings.URL);
  }

  private Desk secretive() {
    return desk()
        .toml(
            "[variables.JWT_SECRET]\ntype = \"secret\"\n[variables.PASSWORD_PEPPER]\ntype ="
                + " \"secret\"\n")
        .variable("JWT_SECRET", STRONG)
        .variable("PASSWORD_PEPPER", "Ba3vQ9-x7Lm2pR8tYw4nBc6dFh1jGs5a");
  }

  private Desk desk() {
    return new Desk(folder);
  }

  private ProjectFile file(String more) {
    return ProjectFileReader.read(desk().toml(more).folder.resolve("undercroft.toml"));
  }
}
