package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the database itself keeps about the history. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryTest {

  private static final String INSERT =
      "insert into audio_history (user_id, %s) values ('" + Scene.USER_A + "', ?)";

  private static final String MOMENTS =
      """
      [{"timestamp": "00:01:23", "description": "Introduction begins", "confidence": 0.95}]
      """;

  private static final String OPTIONS =
      """
      {"language": "en", "model": "whisper-1", "summaryStyle": "detailed",
       "includeTimestamps": true, "speakerDiarization": false}
      """;

  private final Trials trials;

  HistoryTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private static String insert(String column) {
    return INSERT.formatted(column);
  }

  @Test
  @Tag("AT-036")
  void an_entry_gets_an_id_that_the_application_cannot_choose() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      assertThat(trial.value(insert("title") + " returning id", "x")).hasSize(36);
      assertThat(trial.refusal(insert("id"), java.util.UUID.fromString(Scene.ENTRY_B)).state())
          .isEqualTo("42501");
    });
  }

  @Test
  @Tag("AT-037")
  void an_entry_belongs_to_a_user() {
    trials.each(trial -> {
      String sql = "insert into audio_history (user_id) values (?::uuid)";
      assertThat(trial.refusal(sql, Scene.USER_A).constraint())
          .isEqualTo("audio_history_user_id_fkey");
      assertThat(trial.refusal(sql, new Object[] {null}).state()).isEqualTo("23502");
    });
  }

  @Test
  @Tag("AT-038")
  void a_title_has_at_most_500_characters() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.refusal(insert("title"), "ä".repeat(501)).state()).isEqualTo("22001");
      assertThat(trial.run(insert("title"), "ä".repeat(500))).isEqualTo(1);
    });
  }

  @Test
  @Tag("AT-039")
  @Tag("AT-040")
  @Tag("AT-041")
  @Tag("AT-043")
  void values_are_kept_as_they_are_and_negative_sizes_refused() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String url = "https://media.example/ä%20b?c=d#e";
      assertThat(trial.value(insert("audio_url") + " returning audio_url", url)).isEqualTo(url);
      assertThat(
              trial.value(insert("file_size_bytes") + " returning file_size_bytes", 5_000_000_000L))
          .isEqualTo("5000000000");
      assertThat(trial.value(insert("duration_seconds") + " returning duration_seconds", 3601))
          .isEqualTo("3601");
      assertThat(trial.value(insert("summary") + " returning summary", "S\n\"'"))
          .isEqualTo("S\n\"'");
      assertThat(trial.refusal(insert("file_size_bytes"), -1L).constraint())
          .isEqualTo("audio_history_file_size");
      assertThat(trial.refusal(insert("duration_seconds"), -1).constraint())
          .isEqualTo("audio_history_duration");
    });
  }

  @Test
  @Tag("AT-042")
  void a_transcript_of_several_megabytes_is_kept_although_its_words_exceed_the_search_index() {
    StringBuilder words = new StringBuilder("beginning ");
    for (int i = 0; i < 500_000; i++) {
      words.append("w").append(Integer.toString(i, 36)).append(' ');
    }
    String transcript = words.toString();
    assertThat(transcript.length()).isGreaterThan(2_500_000);
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(
              trial.value(
                  insert("transcript") + " returning md5(transcript) = md5(?)",
                  transcript,
                  transcript))
          .isEqualTo("t");
      trial.asCaller(Scene.USER_A, "user");
      assertThat(trial.column("select id from search_history('beginning', 'en', 20, 0)"))
          .hasSize(1);
    });
  }

  @Test
  @Tag("AT-044")
  void key_moments_are_a_list_and_can_be_asked() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String sql = "insert into audio_history (user_id, key_moments) values (?::uuid, ?::jsonb)";
      assertThat(
              trial.value(
                  sql + " returning key_moments = ?::jsonb", Scene.USER_A, MOMENTS, MOMENTS))
          .isEqualTo("t");
      assertThat(
              trial.value(
                  "select count(*) from audio_history where user_id = ?::uuid"
                      + " and jsonb_path_exists(key_moments, '$[*] ? (@.confidence > 0.9)')",
                  Scene.USER_A))
          .isEqualTo("1");
      assertThat(trial.refusal(sql, Scene.USER_A, "{}").constraint())
          .isEqualTo("audio_history_key_moments_array");
    });
  }

  @Test
  @Tag("AT-045")
  @Tag("AT-052")
  void processing_options_are_an_object_and_can_be_asked() {
    trials.each(trial -> {
      Scene.arrange(trial);
      String sql =
          "insert into audio_history (user_id, processing_options) values (?::uuid, ?::jsonb)";
      assertThat(
              trial.value(
                  sql + " returning processing_options = ?::jsonb", Scene.USER_A, OPTIONS, OPTIONS))
          .isEqualTo("t");
      assertThat(
              trial.value(
                  "select processing_options ->> 'model' from audio_history"
                      + " where user_id = ?::uuid and processing_options @> '{\"model\": \"whisper-1\"}'",
                  Scene.USER_A))
          .isEqualTo("whisper-1");
      assertThat(trial.refusal(sql, Scene.USER_A, "[]").constraint())
          .isEqualTo("audio_history_processing_options_object");
    });
  }

  @Test
  @Tag("AT-046")
  void an_entry_is_dated_by_the_database_alone() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      assertThat(
              trial.value(insert("title") + " returning created_at = timezone('utc', now())", "x"))
          .isEqualTo("t");
      assertThat(trial.refusal(insert("created_at"), java.time.LocalDateTime.MIN).state())
          .isEqualTo("42501");
    });
  }
}
