package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sees and changes whose rows, by caller, table and command, the refusals included. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {

  /** Callers in the order of the columns of the tables below. */
  private static final List<String> CALLERS =
      List.of("admin", "host A", "host A as owner", "guest A", "nobody", "nobody as owner");

  /**
   * By table and caller: A, B or AB for whose rows the statement reaches, - for none, ! for
   * refused.
   */
  private static final String READS =
      """
      users                 | AB | A | A | - | - | -
      rooms                 | AB | A | A | A | - | -
      guests                | AB | A | A | A | - | -
      recordings            | AB | A | A | - | - | -
      recording_files       | AB | A | A | - | - | -
      feed_episodes         | AB | A | A | A | A | A
      user_invitations      | AB | - | - | - | - | -
      password_reset_tokens | !  | ! | - | ! | ! | -
      audit_log             | AB | A | A | - | - | -
      """;

  private static final String UPDATES =
      """
      users                 | AB | A | A | - | - | -
      rooms                 | AB | A | A | - | - | -
      guests                | AB | A | A | A | - | -
      recordings            | AB | A | A | - | - | -
      recording_files       | AB | A | A | - | - | -
      feed_episodes         | AB | - | - | - | - | -
      user_invitations      | AB | - | - | - | - | -
      password_reset_tokens | !  | ! | - | ! | ! | -
      audit_log             | !  | ! | ! | ! | ! | !
      """;

  private static final String DELETES =
      """
      users                 | !  | ! | - | ! | ! | -
      rooms                 | AB | - | - | - | - | -
      guests                | AB | - | - | - | - | -
      recordings            | AB | - | - | - | - | -
      recording_files       | AB | - | - | - | - | -
      feed_episodes         | AB | - | - | - | - | -
      user_invitations      | AB | - | - | - | - | -
      password_reset_tokens | !  | ! | - | ! | ! | -
      audit_log             | !  | ! | ! | ! | ! | !
      """;

  /** Rows in the name of another, in another's room, or with a role one does not have. */
  private static final List<String> FORGERIES =
      List.of(
          "host A | insert into rooms (host_id) values ('HOST_B')",
          "host A | update rooms set host_id = 'HOST_B' where id = 'ROOM_A'",
          "host A | insert into guests (room_id, display_name, access_token_hash, token_expires_at,"
              + " invited_by) values ('ROOM_B', 'x', 'x', now() + interval '1 day', 'HOST_A')",
          "host A | insert into guests (room_id, display_name, access_token_hash, token_expires_at,"
              + " invited_by) values ('ROOM_A', 'x', 'x', now() + interval '1 day', 'HOST_B')",
          "host A | insert into guests (room_id, display_name, access_token_hash, token_expires_at,"
              + " invited_by, kicked_by) values ('ROOM_A', 'x', 'y', now() + interval '1 day',"
              + " 'HOST_A', 'HOST_B')",
          "host A | update guests set kicked_at = now(), kicked_by = 'HOST_B' where id = 'GUEST_A'",
          "host A | update guests set room_id = 'ROOM_B' where id = 'GUEST_A'",
          "host A | insert into recordings (room_id, folder_name, started_at, created_by) values"
              + " ('ROOM_A', 'x', now(), 'HOST_B')",
          "host A | insert into recordings (room_id, folder_name, started_at, created_by) values"
              + " ('ROOM_B', 'x', now(), 'HOST_A')",
          "host A | update recordings set created_by = 'HOST_B' where id = 'RECORDING_A'",
          "host A | update recordings set room_id = 'ROOM_B' where id = 'RECORDING_A'",
          "host A | insert into recording_files (recording_id, file_name, file_path,"
              + " participant_name, participant_type, size_bytes) values ('RECORDING_B', 'x', 'x',"
              + " 'x', 'host', 1)",
          "host A | update recording_files set recording_id = 'RECORDING_B' where id = 'FILE_A'",
          "host A | insert into feed_episodes (title, slug, audio_file_path, audio_size_bytes,"
              + " duration_seconds, created_by) values ('x', 'x', 'x', 1, 1, 'HOST_A')",
          "host A | insert into user_invitations (email, role, token_hash, invited_by, expires_at)"
              + " values ('x@example.com', 'admin', 'x', 'HOST_A', now() + interval '1 day')",
          "host A | insert into users (email) values ('x@example.com')",
          "host A | insert into password_reset_tokens (user_id, token_hash, expires_at) values"
              + " ('HOST_A', 'x', now() + interval '1 hour')",
          "host A | insert into audit_log (user_id, user_email, user_role, action, entity_type)"
              + " values ('HOST_B', 'x', 'host', 'x', 'x')",
          "host A | insert into audit_log (user_id, user_email, user_role, action, entity_type)"
              + " values ('HOST_A', 'x', 'admin', 'x', 'x')",
          "host A | truncate rooms cascade",
          "host A | select password_hash from users",
          "host A | alter table rooms disable row level security",
          "host A | set role simplycaster_owner",
          "host A | create table mine (id int)",
          "host A | create temp table mine (id int)",
          "admin | select password_hash from users",
          "guest A | insert into rooms (host_id) values ('HOST_A')",
          "guest A | insert into guests (room_id, display_name, access_token_hash,"
              + " token_expires_at, invited_by) values ('ROOM_A', 'x', 'x', now() + interval '1 day',"
              + " 'HOST_A')",
          "guest A | insert into recordings (room_id, folder_name, started_at, created_by) values"
              + " ('ROOM_A', 'x', now(), 'HOST_A')",
          "nobody | insert into rooms (host_id) values ('HOST_A')",
          "nobody | insert into audit_log (user_email, user_role, action, entity_type) values ('x',"
              + " 'host', 'x', 'x')",
          "host A as owner | insert into rooms (host_id) values ('HOST_B')",
          "nobody as owner | insert into rooms (host_id) values ('HOST_A')");

  private final Trials trials;

  IsolationTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  private static Trial as(Trial trial, String caller) throws SQLException {
    return switch (caller) {
      case "admin" -> trial.asCaller(Scene.ADMIN, "admin");
      case "host A" -> trial.asCaller(Scene.HOST_A, "host");
      case "host A as owner" -> trial.asOwner(Scene.HOST_A, "host");
      case "guest A" -> trial.asCaller(Scene.GUEST_A, "guest");
      case "nobody" -> trial.asNobody();
      case "nobody as owner" -> trial.as("owner", "", "");
      default -> throw new IllegalArgumentException(caller);
    };
  }

  private static Stream<String[]> rows(String table) {
    return table
        .lines()
        .map(line -> line.split(" *\\| *"))
        .flatMap(cells ->
            CALLERS.stream()
                .map(caller ->
                    new String[] {caller, cells[0], cells[CALLERS.indexOf(caller) + 1].strip()}));
  }

  static Stream<String[]> reads() {
    return rows(READS);
  }

  static Stream<String[]> updates() {
    return rows(UPDATES);
  }

  static Stream<String[]> deletes() {
    return rows(DELETES);
  }

  private void reaches(String[] row, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      as(trial, row[0]);
      String idA = String.valueOf(Scene.ROWS.get(row[1]));
      String sql = statement.replace("TABLE", row[1]) + " where id = ?::uuid";
      if (row[2].equals("!")) {
        assertThat(trial.refusal(sql, idA).state()).isEqualTo("42501");
        return;
      }
      String reached = trial.run(sql, idA) == 1 ? "A" : "";
      reached += trial.run(sql, idA.replace('a', 'b')) == 1 ? "B" : "";
      assertThat(reached.isEmpty() ? "-" : reached).isEqualTo(row[2]);
    });
  }

  @ParameterizedTest(name = "{0} reads {1}: {2}")
  @MethodSource("reads")
  @Tag("SC-009")
  @Tag("SC-069")
  void a_caller_reads(String caller, String table, String whose) {
    reaches(new String[] {caller, table, whose}, "select id from TABLE");
  }

  @ParameterizedTest(name = "{0} locks {1}: {2}")
  @MethodSource("reads")
  @Tag("SC-069")
  void a_caller_counts_no_more_than_it_reads(String caller, String table, String whose) {
    trials.each(trial -> {
      Scene.arrange(trial);
      as(trial, caller);
      if (!whose.equals("!")) {
        String of = "select id from " + table + " where id::text ~ '^(aaaa|bbbb)'";
        assertThat(trial.column(of)).hasSize(whose.replace("-", "").length());
      }
    });
  }

  @ParameterizedTest(name = "{0} updates {1}: {2}")
  @MethodSource("updates")
  @Tag("SC-009")
  @Tag("SC-069")
  void a_caller_updates(String caller, String table, String whose) {
    String column =
        switch (table) {
          case "users", "user_invitations" -> "email";
          case "rooms" -> "name";
          case "guests" -> "display_name";
          case "recordings" -> "folder_name";
          case "recording_files" -> "file_name";
          case "feed_episodes" -> "title";
          case "password_reset_tokens" -> "token_hash";
          default -> "action";
        };
    reaches(new String[] {caller, table, whose}, "update TABLE set " + column + " = " + column);
  }

  @ParameterizedTest(name = "{0} deletes {1}: {2}")
  @MethodSource("deletes")
  @Tag("SC-009")
  @Tag("SC-069")
  void a_caller_deletes(String caller, String table, String whose) {
    reaches(new String[] {caller, table, whose}, "delete from TABLE");
  }

  static Stream<String[]> forgeries() {
    return FORGERIES.stream().map(forgery -> forgery.split(" \\| ", 2));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("forgeries")
  @Tag("SC-009")
  @Tag("SC-069")
  void a_forgery_is_refused(String caller, String statement) {
    trials.each(trial -> {
      Scene.arrange(trial);
      String sql = statement;
      for (String name :
          List.of(
              "HOST_A",
              "HOST_B",
              "ROOM_A",
              "ROOM_B",
              "GUEST_A",
              "RECORDING_A",
              "RECORDING_B",
              "FILE_A")) {
        sql = sql.replace("'" + name + "'", "'" + id(name) + "'");
      }
      as(trial, caller);
      if (sql.startsWith("set role")) {
        // The trial's own session is a superuser's; membership is what decides for a real one.
        assertThat(
                trial.value(
                    "select pg_has_role('simplycaster_app', 'simplycaster_owner', 'MEMBER')"))
            .isEqualTo("f");
      } else {
        assertThat(trial.refusal(sql).state()).isEqualTo("42501");
      }
    });
  }

  private static String id(String name) {
    return switch (name) {
      case "HOST_A" -> Scene.HOST_A;
      case "HOST_B" -> Scene.HOST_B;
      case "ROOM_A" -> Scene.ROOM_A;
      case "ROOM_B" -> Scene.ROOM_B;
      case "GUEST_A" -> Scene.GUEST_A;
      case "RECORDING_A" -> Scene.RECORDING_A;
      case "RECORDING_B" -> Scene.RECORDING_B;
      default -> Scene.FILE_A;
    };
  }

  @Test
  @Tag("SC-009")
  void every_table_has_forced_row_security() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select relname from pg_class where relnamespace = 'public'::regnamespace"
                        + " and relkind in ('r', 'p')"
                        + " and not (relrowsecurity and relforcerowsecurity)"))
            .isEmpty());
  }

  @Test
  @Tag("SC-009")
  void the_host_edits_and_soft_deletes_an_own_recording() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.HOST_A, "host");
      assertThat(
              trial.run(
                  "update recordings set participant_count = 2, deleted_at = now()"
                      + " where id = ?::uuid",
                  Scene.RECORDING_A))
          .isEqualTo(1);
    });
  }

  @Test
  void a_guest_who_left_or_whose_link_ran_out_sees_no_room() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("update guests set left_at = now() where id = ?::uuid", Scene.GUEST_A);
      trial.run(
          "update guests set created_at = now() - interval '2 days',"
              + " token_expires_at = now() - interval '1 day' where id = ?::uuid",
          Scene.GUEST_B);
      assertThat(trial.asCaller(Scene.GUEST_A, "guest").run("select id from rooms")).isZero();
      assertThat(trial.asCaller(Scene.GUEST_B, "guest").run("select id from rooms")).isZero();
    });
  }

  @Test
  @Tag("SC-009")
  void a_claimed_role_without_a_row_of_that_kind_gives_nothing() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.asCaller(Scene.HOST_A, "guest").run("select id from rooms")).isZero();
      assertThat(trial.asCaller(Scene.GUEST_A, "host").run("select id from rooms")).isZero();
      assertThat(trial.asCaller(Scene.HOST_A, "root").run("select id from rooms")).isZero();
    });
  }
}
