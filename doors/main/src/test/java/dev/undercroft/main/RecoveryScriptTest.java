package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** CodePal's emergency recovery, from beginning to end and without anybody. */
class RecoveryScriptTest {

  private static final Path SCRIPT =
      Path.of(System.getProperty("undercroft.root"), "apps/codepal/emergency-recovery.sh");

  @TempDir private Path folder;

  @Test
  @Tag("CP-060")
  @Tag("CP-062")
  @Tag("CP-064")
  @Tag("CP-065")
  @Tag("CP-066")
  @Tag("CP-068")
  @Tag("CP-069")
  @Tag("CP-147")
  @Tag("CP-149")
  void the_script_brings_the_users_back_and_refuses_a_backup_without_any() throws Exception {
    try (TestingFolder codepal = TestingFolder.withApplication(folder, "codepal")) {
      codepal.with("BACKUP_ENCRYPTION_KEY", "ab".repeat(31) + "07").with("PORT", "0");
      JsonNode project = codepal.up().path("projects").path(0);
      String users = asAdministrator(project, "select count(*) from users");
      assertThat(Integer.parseInt(users)).isPositive();
      assertThat(codepal.run("backup", "create").exit()).isZero();
      asAdministrator(
          project, "with gone as (delete from users returning 1) select count(*) from gone");
      TestingFolder.Said said = codepal.script(SCRIPT);
      assertThat(said.exit()).as(said.toString()).isZero();
      assertThat(said.out())
          .contains("Stopping the service", "Users: " + users, "Recovered from backup-");
      assertThat(codepal.run("status").exit()).isZero();
      JsonNode backups = codepal.run("backup", "list", "--json").json().path("backups");
      assertThat(backups.size()).as("the damaged database was kept as well").isEqualTo(2);

      JsonNode damaged = backups.path(0);
      assertThat(damaged.path("state").asString()).isEqualTo("VERIFIED");
      TestingFolder.Said refused = codepal.script(SCRIPT);
      assertThat(refused.exit()).isNotZero();
      assertThat(refused.err()).contains("BACKUP_CHECK_FAILED", "somebody_can_sign_in.sql");
      assertThat(refused.out()).doesNotContain("Starting the service");
    }
  }

  private String asAdministrator(JsonNode project, String sql) throws Exception {
    URI url = URI.create(project.path("url").asString());
    String password =
        Files.readString(folder.resolve(".undercroft/secrets/postgres-superuser")).strip();
    String jdbc = "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath();
    try (Connection connection = DriverManager.getConnection(jdbc, "postgres", password);
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
