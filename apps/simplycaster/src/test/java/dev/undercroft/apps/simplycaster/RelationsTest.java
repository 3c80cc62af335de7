package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes with a row that is deleted for good, and what stays. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {

  /** Table, column, table it refers to, and what a delete there does: a cascade or n (null). */
  private static final String KEYS =
      """
      users created_by users n
      password_reset_tokens user_id users c
      user_invitations invited_by users c
      rooms host_id users c
      guests room_id rooms c
      guests kicked_by users n
      guests invited_by users c
      recordings room_id rooms c
      recordings created_by users c
      recording_files recording_id recordings c
      feed_episodes created_by users c
      """;

  private final Trials trials;

  RelationsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  static Stream<String> keys() {
    return KEYS.lines();
  }

  @ParameterizedTest
  @MethodSource("keys")
  @Tag("SC-086")
  void a_foreign_key_has_its_delete_rule(String key) {
    trials.each(trial -> assertThat(trial.column(FOREIGN_KEYS)).contains(key));
  }

  private static final String FOREIGN_KEYS =
      """
      select conrelid::regclass || ' ' || a.attname || ' ' || confrelid::regclass || ' ' || confdeltype::text
        from pg_constraint c
        join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
       where contype = 'f' and connamespace = 'public'::regnamespace
      """;

  @Test
  @Tag("SC-086")
  void the_information_schema_lists_the_keys_and_their_delete_rules() {
    trials.each(trial -> {
      assertThat(trial.column(FOREIGN_KEYS)).hasSize((int) keys().count());
      assertThat(
              trial
                  .as("owner", "", "")
                  .column(
                      "select constraint_name || ' ' || delete_rule"
                          + " from information_schema.referential_constraints"))
          .hasSize((int) keys().count())
          .contains("guests_kicked_by_fkey SET NULL", "rooms_host_id_fkey CASCADE");
    });
  }

  @Test
  void a_host_who_is_deleted_for_good_takes_rooms_guests_and_recordings_along() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("delete from users where id = ?::uuid", Scene.HOST_A);
      for (String table : Scene.ROWS.keySet()) {
        String found =
            trial.value(
                "select count(*) from " + table + " where id = ?::uuid", Scene.ROWS.get(table));
        boolean stays = table.equals("audit_log") || table.equals("feed_episodes");
        assertThat(found).as(table).isEqualTo(stays ? "1" : "0");
      }
    });
  }

  @Test
  void a_guest_stays_kicked_when_the_one_who_kicked_is_deleted() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run(
          "update guests set kicked_at = now(), kicked_by = ?::uuid where id = ?::uuid",
          Scene.HOST_B,
          Scene.GUEST_A);
      trial.run("delete from users where id = ?::uuid", Scene.HOST_B);
      assertThat(
              trial.value(
                  "select kicked_at is not null and kicked_by is null from guests"
                      + " where id = ?::uuid",
                  Scene.GUEST_A))
          .isEqualTo("t");
    });
  }
}
