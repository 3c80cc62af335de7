package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What belongs to a user goes with the user. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {

  private static final String[] CHILDREN = {"sessions", "user_settings", "audio_history"};

  private final Trials trials;

  RelationsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  @Test
  @Tag("AT-003")
  @Tag("AT-053")
  void the_three_tables_of_a_user_cascade() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select conrelid::regclass || ' ' || pg_get_constraintdef(oid)"
                        + " from pg_constraint where contype = 'f'"
                        + " and connamespace = 'public'::regnamespace order by 1"))
            .containsExactly(
                "audio_history FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                "sessions FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
                "user_settings FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE"));
  }

  @Test
  @Tag("AT-023")
  @Tag("AT-034")
  @Tag("AT-048")
  @Tag("AT-054")
  void one_delete_empties_all_three_for_that_user_only() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      assertThat(trial.run("delete from users")).isEqualTo(1);
      trial.asSystem();
      for (String table : CHILDREN) {
        assertThat(
                trial.column(
                    "select user_id from " + table + " where user_id in (?::uuid, ?::uuid)",
                    Scene.USER_A,
                    Scene.USER_B))
            .as(table)
            .containsExactly(Scene.USER_B);
      }
    });
  }

  private static String step(int which) {
    return switch (which) {
      case 0 ->
          "insert into users (id, email, username, password_hash)"
              + " values ($1, left($1::text, 8) || '@x.example', left($1::text, 8), 'h')"
              + " on conflict do nothing";
      case 1 -> "delete from users where id = $1";
      case 2 ->
          "insert into sessions (user_id, token_hash, expires_at) select id,"
              + " encode(sha256(gen_random_uuid()::text::bytea), 'hex'), 'infinity'"
              + " from users where id = $1";
      case 3 ->
          "insert into user_settings (user_id) select id from users where id = $1"
              + " on conflict do nothing";
      case 4 ->
          "insert into audio_history (user_id, created_at) select id, timestamp"
              + " '2026-01-01' + random() * interval '400 days' from users where id = $1";
      default -> "update users set is_active = not is_active where id = $1";
    };
  }

  @Test
  @Tag("AT-055")
  void random_work_leaves_no_orphan() {
    String given = System.getProperty("undercroft.seed", "");
    long seed = given.isEmpty() ? new Random().nextLong() : Long.parseLong(given);
    System.out.println("undercroft.seed=" + seed);
    trials.each(trial -> {
      Random random = new Random(seed);
      UUID[] users = new UUID[8];
      for (int i = 0; i < users.length; i++) {
        users[i] = new UUID(random.nextLong(), random.nextLong());
      }
      for (int i = 0; i < 300; i++) {
        UUID user = users[random.nextInt(users.length)];
        String sql = step(random.nextInt(6));
        trial.run(sql.replace("$1", "'" + user + "'::uuid"));
      }
      for (String table : CHILDREN) {
        assertThat(
                trial.column(
                    "select user_id from "
                        + table
                        + " where user_id not in (select id from users)"))
            .as(table)
            .isEmpty();
      }
      assertThat(trial.value("select count(*) > 0 from audio_history")).isEqualTo("t");
    });
  }
}
