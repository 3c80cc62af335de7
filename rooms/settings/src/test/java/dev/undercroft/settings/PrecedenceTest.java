package dev.undercroft.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrecedenceTest {

  @TempDir private Path folder;

  @Test
  void each_place_wins_over_the_weaker_ones() {
    Desk desk = new Desk(folder);
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(8000);
    desk.toml("[server]\nport = 1\n");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(1);
    desk.toml("[server]\nport = 1\n[environments.development.server]\nport = 2\n");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(2);
    desk.file(".env", "PORT=3");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(3);
    desk.file(".env.development", "PORT=4");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(4);
    desk.file(".env.local", "PORT=5");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(5);
    desk.file(".env.development.local", "PORT=6");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(6);
    desk.file("secrets/port", "7\n");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(7);
    desk.file("run-secrets/port", "8\n");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(8);
    desk.file("nine", "9\n").variable("PORT_FILE", folder.resolve("nine").toString());
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(9);
    desk.file("nine", "10\n").variable("PORT", "10");
    Settings settings = desk.read();
    assertThat(settings.get(ServerSettings.PORT)).isEqualTo(10);
    assertThat(settings.origin(ServerSettings.PORT)).hasToString("variable PORT");
    desk.flag("--port", "server.port", "11");
    assertThat(desk.read().get(ServerSettings.PORT)).isEqualTo(11);
    assertThat(desk.read().origin(ServerSettings.PORT)).hasToString("--port");
  }

  @Test
  void the_products_own_variable_decides_and_foreign_ones_must_agree() {
    Desk desk = new Desk(folder).variable("NODE_ENV", "production").variable("ENVIRONMENT", "qa");
    assertThat(desk.report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_CONFLICT");
    desk.variable("UNDERCROFT_ENVIRONMENT", "staging");
    assertThat(desk.read().environment()).isEqualTo(Environment.STAGING);
  }

  @Test
  void two_sources_of_a_secret_that_differ_are_refused_without_showing_either() {
    Desk desk =
        new Desk(folder)
            .file("secrets/backup_encryption_key", "a-secret-of-the-folder-with-32-characters\n")
            .variable("BACKUP_ENCRYPTION_KEY", "another-secret-of-the-shell-with-32-letters");
    List<Problem> problems = desk.report(Purpose.COMMAND).problems();
    assertThat(problems).extracting(Problem::code).containsExactly("SETTINGS_CONFLICT");
    assertThat(problems.getFirst().message() + problems.getFirst().detail())
        .contains("variable BACKUP_ENCRYPTION_KEY", "*** (")
        .doesNotContain("a-secret-of", "another-secret");
  }

  @Test
  void the_same_secret_from_two_sources_is_accepted() {
    Settings settings =
        new Desk(folder)
            .file("secrets/backup_encryption_key", "one-secret-in-two-places-of-32-letters\n")
            .variable("BACKUP_ENCRYPTION_KEY", "one-secret-in-two-places-of-32-letters")
            .read();
    assertThat(settings.get(BackupSettings.ENCRYPTION_KEY).reveal())
        .isEqualTo("one-secret-in-two-places-of-32-letters");
  }

  @Test
  @Tag("SC-045")
  @Tag("SC-047")
  void secret_files_are_read_without_any_variable_and_never_shown() {
    Desk desk =
        new Desk(folder)
            .toml("[variables.JWT_SECRET]\ntype = \"secret\"\n")
            .file("run-secrets/jwt_secret", "token-of-a-container-with-32-characters\n")
            .file("secrets/password_pepper", "pepper-of-the-folder-with-32-characters\r\n");
    desk.toml(
        "[variables.JWT_SECRET]\ntype = \"secret\"\n[variables.PASSWORD_PEPPER]\ntype ="
            + " \"secret\"\n");
    Settings settings = desk.read();
    assertThat(settings.findVariable("JWT_SECRET").orElseThrow().reveal())
        .isEqualTo("token-of-a-container-with-32-characters");
    assertThat(settings.findVariable("PASSWORD_PEPPER").orElseThrow().reveal())
        .isEqualTo("pepper-of-the-folder-with-32-characters");
    assertThat(settings.lines().toString()).doesNotContain("of-a-container", "of-the-folder");
  }

  @Test
  void a_secret_of_one_project_in_the_container_wins_over_the_common_one() {
    Settings settings =
        new Desk(folder)
            .toml("[variables.JWT_SECRET]\ntype = \"secret\"\n")
            .file("run-secrets/jwt_secret", "the-common-one-with-at-least-32-letters")
            .file("run-secrets/shop_jwt_secret", "the-shops-own-with-at-least-32-letters")
            .read();
    assertThat(settings.findVariable("JWT_SECRET").orElseThrow().reveal()).startsWith("the-shops");
  }

  @Test
  void a_secret_in_the_committed_file_or_in_an_option_is_refused() {
    Desk desk =
        new Desk(folder)
            .toml("[server]\noperator-token = \"in-the-file-with-at-least-32-letters-x\"\n")
            .flag("--set", "backup.encryption-key", "in-the-option-with-at-least-32-letters");
    assertThat(desk.report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_SECRET_IN_FILE", "SETTINGS_SECRET_IN_OPTION");
  }

  @Test
  void a_secret_file_that_others_can_read_warns_and_is_refused_in_production() throws Exception {
    Desk desk =
        new Desk(folder).file("secrets/operator_token", "a-token-that-everybody-can-read-32-x");
    Files.setPosixFilePermissions(
        folder.resolve("secrets/operator_token"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(desk.read().warnings())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_SECRET_READABLE");
    desk.variable("ENVIRONMENT", "production");
    assertThatThrownBy(desk::read)
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("other users");
  }

  @Test
  void an_empty_secret_file_is_refused_and_only_one_line_break_is_cut() {
    Desk desk = new Desk(folder).file("secrets/operator_token", "\n");
    assertThat(desk.report(Purpose.COMMAND).problems())
        .extracting(Problem::code)
        .containsExactly("SETTINGS_SECRET_FILE");
    desk.file("secrets/operator_token", "a-token-with-two-line-breaks-at-its-end\n\n");
    assertThat(desk.read().get(ServerSettings.OPERATOR_TOKEN).reveal()).endsWith("end\n");
  }

  @Test
  void an_empty_variable_counts_as_not_set() {
    assertThat(new Desk(folder).variable("PORT", "").read().get(ServerSettings.PORT))
        .isEqualTo(8000);
  }

  @Test
  @Tag("EP-031")
  @Tag("EP-032")
  void two_addresses_may_differ_and_may_be_equal() {
    Desk desk =
        new Desk(folder)
            .file(".env", "DATABASE_URL=postgresql://pool/x\nDIRECT_URL=postgresql://direct/x\n");
    assertThat(desk.read().get(DatabaseSettings.DIRECT_URL)).isEqualTo("postgresql://direct/x");
    desk.file(".env", "DATABASE_URL=postgresql://pool/x\nDIRECT_URL=$DATABASE_URL\n");
    assertThat(desk.read().get(DatabaseSettings.DIRECT_URL)).isEqualTo("postgresql://pool/x");
  }

  @Test
  @Tag("SC-080")
  void an_address_is_shown_with_its_password_masked() {
    List<SettingLine> lines =
        new Desk(folder)
            .variable("DATABASE_URL", "postgres://shop:s3cr3t@db:5432/shop?password=other&x=1")
            .read()
            .lines();
    assertThat(lines)
        .filteredOn(line -> line.variable().equals("DATABASE_URL"))
        .extracting(SettingLine::value)
        .containsExactly("postgres://shop:***@db:5432/shop?password=***&x=1");
  }

  @Test
  void a_path_counts_from_where_it_was_written() {
    Desk desk = new Desk(folder).toml("[embedded]\ndata = \"here\"\n");
    Settings fromFile =
        SettingsReader.read(
            ProjectFinder.find(folder, null),
            new Surroundings(Path.of("/work-place"), java.util.Map.of(), List.of(), folder),
            Purpose.COMMAND);
    assertThat(fromFile.findPath(DatabaseSettings.DATA)).contains(folder.resolve("here"));
    desk.flag("--data", "embedded.data", "there");
    Settings fromOption =
        SettingsReader.read(
            ProjectFinder.find(folder, null),
            new Surroundings(
                Path.of("/work-place"),
                java.util.Map.of(),
                List.of(new Flag("--data", "embedded.data", "there")),
                folder),
            Purpose.COMMAND);
    assertThat(fromOption.findPath(DatabaseSettings.DATA)).contains(Path.of("/work-place/there"));
  }

  @Test
  void lengths_of_time_have_units_and_bare_numbers_keep_the_documents_unit() {
    Settings settings =
        new Desk(folder)
            .file(".env", "REPLICATION_SYNC_INTERVAL=30000\n")
            .toml("[pool]\nacquire-timeout = \"500ms\"\nidle-timeout = 20\n")
            .read();
    assertThat(settings.get(ReplicationSettings.SYNC_INTERVAL)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(DatabaseSettings.POOL_ACQUIRE_TIMEOUT))
        .isEqualTo(Duration.ofMillis(500));
    assertThat(settings.get(DatabaseSettings.POOL_IDLE_TIMEOUT)).isEqualTo(Duration.ofSeconds(20));
  }
}
