package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Search by words in one's own history. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchTest {

  private static final String SEARCH = "select title from search_history(?, ?, ?, ?)";

  private final Trials trials;

  SearchTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private static void entry(Trial trial, String title, String transcript, String language)
      throws SQLException {
    trial.run(
        "insert into audio_history (user_id, title, transcript, processing_options)"
            + " values (?::uuid, ?, ?, jsonb_build_object('language', ?::text))",
        Scene.USER_A,
        title,
        transcript,
        language);
  }

  private static List<String> search(Trial trial, String words, String language)
      throws SQLException {
    return trial.column(SEARCH, words, language, 20, 0);
  }

  @Test
  @Tag("AT-093")
  void words_are_found_in_their_forms_by_the_language_of_the_transcript() {
    trials.each(trial -> {
      Scene.arrange(trial);
      entry(trial, "English", "She was running home", "en-GB");
      entry(trial, "Deutsch", "Er kaufte zwei Häuser", "de");
      entry(trial, "Other", "qapla running", "tlh");
      trial.asCaller(Scene.USER_A, "user");
      assertThat(search(trial, "run", "en")).containsExactly("English");
      assertThat(search(trial, "Haus", "de")).containsExactly("Deutsch");
      assertThat(search(trial, "qapla", "tlh")).containsExactly("Other");
      assertThat(search(trial, "runs", "tlh")).isEmpty();
    });
  }

  @Test
  @Tag("AT-093")
  void better_matches_come_first_and_pages_do_not_overlap() {
    trials.each(trial -> {
      Scene.arrange(trial);
      entry(trial, "Once", "a word about bread and many other things", "en");
      entry(trial, "Bread", "bread, bread and bread again", "en");
      entry(trial, "Twice", "bread with bread", "en");
      trial.asCaller(Scene.USER_A, "user");
      assertThat(search(trial, "bread", "en")).containsExactly("Bread", "Twice", "Once");
      assertThat(trial.column(SEARCH, "bread", "en", 1, 0)).containsExactly("Bread");
      assertThat(trial.column(SEARCH, "bread", "en", 2, 1)).containsExactly("Twice", "Once");
    });
  }

  @Test
  @Tag("AT-093")
  void phrases_and_exclusions_work_and_operators_in_the_text_do_no_harm() {
    trials.each(trial -> {
      Scene.arrange(trial);
      entry(trial, "One", "the quick brown fox", "en");
      entry(trial, "Two", "the brown quick fox", "en");
      trial.asCaller(Scene.USER_A, "user");
      assertThat(search(trial, "\"quick brown\"", "en")).containsExactly("One");
      assertThat(search(trial, "fox or badger", "en")).hasSize(2);
      assertThat(search(trial, "' & | ! :* () \\", "en")).isEmpty();
    });
  }

  @Test
  @Tag("AT-093")
  @Tag("AT-082")
  void everybody_finds_the_own_entries_only() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(search(trial.asCaller(Scene.USER_A, "user"), "gardening", "en"))
          .containsExactly("Talk of a");
      assertThat(search(trial.asCaller(Scene.USER_B, "user"), "gardening", "en"))
          .containsExactly("Talk of b");
      assertThat(search(trial.asNobody(), "gardening", "en")).isEmpty();
    });
  }

  @Test
  @Tag("AT-093")
  void changed_words_are_found_and_old_ones_not() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller(Scene.USER_A, "user");
      trial.run("update audio_history set transcript = 'now about sailing'");
      assertThat(search(trial, "sailing", "en")).hasSize(1);
      assertThat(search(trial, "gardening", "en")).isEmpty();
    });
  }
}
