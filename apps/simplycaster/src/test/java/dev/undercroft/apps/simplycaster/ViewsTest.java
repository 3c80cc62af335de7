package dev.undercroft.apps.simplycaster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the three views show, and to whom. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsTest {

  private final Trials trials;

  ViewsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("simplycaster", young, old);
  }

  @Test
  void open_rooms_with_host_and_number_of_active_guests() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String query =
          "select host_email || ' ' || active_guests from active_rooms_view order by host_email";
      assertThat(trial.asCaller(Scene.ADMIN, "admin").column(query))
          .containsExactly("a@example.com 1", "b@example.com 1");
      assertThat(trial.asCaller(Scene.HOST_A, "host").column(query))
          .containsExactly("a@example.com 1");
      assertThat(trial.asNobody().column(query)).isEmpty();
      trial.asSystem();
      trial.run(
          "update rooms set status = 'closed', closed_at = now() where id = ?::uuid", Scene.ROOM_B);
      assertThat(trial.column(query)).containsExactly("a@example.com 1");
    });
  }

  @Test
  void recordings_with_creator_room_and_number_of_files() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String query =
          "select concat_ws(' ', creator_email, creator_role, room_name, file_count,"
              + " deleted_at is not null) from recordings_summary_view order by folder_name";
      trial.run("update recordings set deleted_at = now() where id = ?::uuid", Scene.RECORDING_A);
      trial.run("update recording_files set deleted_at = now() where id = ?::uuid", Scene.FILE_A);
      assertThat(trial.asCaller(Scene.ADMIN, "admin").column(query))
          .containsExactly("a@example.com host Room a 0 t", "b@example.com host Room b 1 f");
      assertThat(trial.asCaller(Scene.HOST_B, "host").column(query))
          .containsExactly("b@example.com host Room b 1 f");
    });
  }

  @Test
  void the_published_feed_newest_first_for_everyone() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run(
          "insert into feed_episodes (title, slug, audio_file_path, audio_size_bytes,"
              + " duration_seconds, is_published, published_at, created_by, deleted_at) values"
              + " ('Older', 'older', 'x', 1, 1, true, now() - interval '1 day', ?::uuid, null),"
              + " ('Gone', 'gone', 'x', 1, 1, true, now(), ?::uuid, now())",
          Scene.ADMIN,
          Scene.ADMIN);
      String query = "select slug from published_feed_view";
      assertThat(trial.asNobody().column(query)).containsExactly("out", "older");
      assertThat(trial.asCaller(Scene.ADMIN, "admin").column(query))
          .containsExactly("out", "older");
    });
  }

  @Test
  @Tag("SC-009")
  void views_see_with_the_eyes_of_the_caller() {
    trials.each(trial ->
        assertThat(
                trial.column(
                    "select relname from pg_class where relkind = 'v'"
                        + " and relnamespace = 'public'::regnamespace"
                        + " and not 'security_invoker=true' = any (coalesce(reloptions, '{}'))"))
            .isEmpty());
  }
}
