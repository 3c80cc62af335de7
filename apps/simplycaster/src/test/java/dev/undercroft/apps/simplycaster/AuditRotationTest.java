package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.Theatre.admin;
import static dev.undercroft.apps.simplycaster.Theatre.done;
import static dev.undercroft.apps.simplycaster.Theatre.host;
import static dev.undercroft.apps.simplycaster.Theatre.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.stage.Stage;
import dev.undercroft.stage.Stage.Answer;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.InstalledProject;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old entries leave the audit log by their archive alone. */
@DatabaseTest
class AuditRotationTest {

  private final LocalDate until = LocalDate.now(ZoneOffset.UTC).minusDays(100);
  private final String archive = "GET /audit-log/archive?until=" + until;

  private final PostgresDatabase database;
  private final InstalledProject project;
  private final Stage stage;

  AuditRotationTest(PostgresDatabase database, @TempDir Path folder) throws Exception {
    this.database = database;
    this.project = Theatre.install(database);
    this.stage = new Stage(project, new SimplyCaster(), folder);
    for (int days : List.of(300, 200, 150, 50)) {
      add(days);
    }
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private void add(int days) throws SQLException {
    database.execute(
        ("insert into audit_log (user_email, user_role, action, entity_type, metadata, created_at)"
                + " values ('ä@example.com', 'host', 'day.%1$s', 'rooms', '{\"n\": \"\\\"\"}', now() -"
                + " interval '%1$s days')")
            .formatted(days));
  }

  private Answer remove(Object day, String sha256) throws Exception {
    return admin(
        stage,
        "POST /audit-log/rotation",
        "{\"until\": \"%s\", \"sha256\": \"%s\"}".formatted(day, sha256));
  }

  private static String checksum(Answer file) throws Exception {
    byte[] bytes = file.body().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private List<String> actions() throws SQLException {
    return database.column("select action from audit_log order by created_at");
  }

  @Test
  @Tag("SC-070")
  void old_entries_are_archived_and_then_removed_with_an_entry_that_says_so() throws Exception {
    Answer file = done(admin(stage, archive));
    assertThat(file.body().lines()).hasSize(3);
    assertThat(file.body().lines().findFirst().orElse("")).contains("\"day.300\"");
    String sha256 = checksum(file);
    assertThat(file.headers().firstValue("SimplyCaster-SHA256")).contains(sha256);
    assertThat(actions()).hasSize(4);
    Answer removed = done(remove(until, sha256));
    assertThat(removed.json().get("removed").asInt()).isEqualTo(3);
    assertThat(actions()).containsExactly("day.50", "audit.rotated");
    assertThat(
            database.value(
                "select concat_ws(' ', user_id, user_email, metadata ->> 'until', metadata ->>"
                    + " 'entries', metadata ->> 'sha256', ip_address is not null) from audit_log"
                    + " where action = 'audit.rotated'"))
        .isEqualTo("%s admin@simplycaster.com %s 3 %s t".formatted(Scene.ADMIN, until, sha256));
    assertThat(done(admin(stage, archive)).body()).isEmpty();
  }

  @Test
  @Tag("SC-070")
  void without_the_archive_of_exactly_these_entries_nothing_is_removed() throws Exception {
    String sha256 = checksum(admin(stage, archive));
    refused(remove(until, "0".repeat(64)), 409, "SIMPLYCASTER_ARCHIVE_DIFFERS");
    refused(remove(until.minusDays(75), sha256), 409, "SIMPLYCASTER_ARCHIVE_DIFFERS");
    add(120);
    refused(remove(until, sha256), 409, "SIMPLYCASTER_ARCHIVE_DIFFERS");
    LocalDate recent = LocalDate.now(ZoneOffset.UTC).minusDays(30);
    String younger = checksum(admin(stage, "GET /audit-log/archive?until=" + recent));
    refused(remove(recent, younger), 409, "SIMPLYCASTER_ARCHIVE_YOUNG");
    refused(host(stage, Scene.HOST_A, archive), 403, "SIMPLYCASTER_FORBIDDEN");
    assertThat(admin(stage, "GET /audit-log/archive").status()).isEqualTo(400);
    assertThat(actions()).hasSize(5);
  }

  @Test
  @Tag("SC-070")
  @Tag("SC-022")
  void after_a_rotation_the_log_is_as_immutable_as_before() throws Exception {
    done(remove(until, checksum(admin(stage, archive))));
    assertThat(
            database.value(
                "select concat_ws(' ', tgenabled, relforcerowsecurity) from pg_trigger join pg_class"
                    + " c on c.oid = tgrelid where tgname = 'audit_log_append_only'"))
        .isEqualTo("A t");
    for (String statement :
        List.of(
            "delete from audit_log", "update audit_log set action = ''", "truncate audit_log")) {
      assertThatThrownBy(() -> database.execute(statement)).hasMessageContaining("append-only");
    }
    try (Connection app = project.connect("app");
        Statement statement = app.createStatement()) {
      for (String call :
          List.of(
              "audit_log_lines('2026-01-01')",
              "audit_log_remove('2026-01-01', '', null, '', '')")) {
        assertThatThrownBy(() -> statement.execute("select " + call))
            .hasMessageContaining("permission denied");
      }
    }
    assertThat(actions()).hasSize(2);
  }
}
