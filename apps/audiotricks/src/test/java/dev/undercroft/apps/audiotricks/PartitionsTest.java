package dev.undercroft.apps.audiotricks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trial;
import dev.undercroft.testkit.Trials;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The months of the history: made ahead, hit alone, moved into, taken out. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartitionsTest {

  private static final String MAKE = "select create_history_partitions(?::date, ?)";

  private final Trials trials;

  PartitionsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("audiotricks", young, old);
  }

  private static void dated(Trial trial, String title, String time) throws SQLException {
    trial.run(
        "insert into audio_history (user_id, title, created_at) values (?::uuid, ?, ?::timestamp)",
        Scene.USER_A,
        title,
        time);
  }

  private static String place(Trial trial, String title) throws SQLException {
    return trial.value(
        "select c.relname from audio_history h join pg_class c on c.oid = h.tableoid"
            + " where h.title = ?",
        title);
  }

  @Test
  @Tag("AT-090")
  void an_entry_goes_to_its_month_and_without_one_to_the_rest() {
    trials.each(trial -> {
      Scene.arrange(trial);
      assertThat(trial.column(MAKE, "2031-11-15", 3))
          .containsExactly(
              "audio_history_y2031m11", "audio_history_y2031m12", "audio_history_y2032m01");
      dated(trial, "first", "2031-12-01 00:00:00");
      dated(trial, "last", "2031-12-31 23:59:59.999999");
      dated(trial, "beyond", "2040-05-05 12:00:00");
      assertThat(place(trial, "first")).isEqualTo("audio_history_y2031m12");
      assertThat(place(trial, "last")).isEqualTo("audio_history_y2031m12");
      assertThat(place(trial, "beyond")).isEqualTo("audio_history_rest");
    });
  }

  @Test
  @Tag("AT-090")
  void making_a_month_again_changes_nothing() {
    trials.each(trial -> {
      assertThat(trial.column(MAKE, "2031-11-15", 2)).hasSize(2);
      assertThat(trial.column(MAKE, "2031-11-01", 3)).containsExactly("audio_history_y2032m01");
      assertThat(trial.column(MAKE, "2031-11-01", 3)).isEmpty();
    });
  }

  @Test
  @Tag("AT-090")
  void a_late_month_takes_its_entries_out_of_the_rest_and_the_audit_log_keeps_quiet() {
    trials.each(trial -> {
      Scene.arrange(trial);
      dated(trial, "early", "2035-02-28 12:00:00");
      dated(trial, "other", "2035-03-01 00:00:00");
      String entries = trial.value("select count(*) from audit_log");
      trial.column(MAKE, "2035-02-01", 1);
      assertThat(place(trial, "early")).isEqualTo("audio_history_y2035m02");
      assertThat(place(trial, "other")).isEqualTo("audio_history_rest");
      assertThat(trial.value("select search @@ 'early' from audio_history where title = 'early'"))
          .isEqualTo("t");
      assertThat(trial.value("select count(*) from audit_log")).isEqualTo(entries);
      dated(trial, "later", "2035-02-28 13:00:00");
      assertThat(
              trial.value(
                  "select count(*) from audit_log where table_name = 'audio_history'"
                      + " and new_values ->> 'title' = 'later'"))
          .isEqualTo("1");
    });
  }

  @Test
  @Tag("AT-090")
  void a_query_about_a_month_reads_that_month_only() {
    trials.each(trial -> {
      trial.column(MAKE, "2031-11-15", 3);
      String plan =
          trial.plan(
              "select * from audio_history where created_at >= timestamp '2031-12-05'"
                  + " and created_at < timestamp '2031-12-20'");
      assertThat(plan)
          .contains("audio_history_y2031m12")
          .doesNotContain("audio_history_rest")
          .doesNotContain("audio_history_y2031m11")
          .doesNotContain("audio_history_y2032m01");
    });
  }

  @Test
  @Tag("AT-090")
  @Tag("AT-048")
  void deleting_a_user_empties_all_months_of_that_user_only() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.column(MAKE, "2031-11-15", 1);
      dated(trial, "there", "2031-11-05 12:00:00");
      trial.run("delete from users where id = ?::uuid", Scene.USER_A);
      assertThat(
              trial.column(
                  "select id from audio_history where user_id in (?::uuid, ?::uuid)",
                  Scene.USER_A,
                  Scene.USER_B))
          .containsExactly(Scene.ENTRY_B);
    });
  }

  @Test
  @Tag("AT-090")
  void old_months_are_taken_out_and_stay_as_tables() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.column(MAKE, "2021-01-01", 2);
      dated(trial, "january", "2021-01-20 12:00:00");
      assertThat(trial.column("select detach_history_partitions('2021-02-15')"))
          .containsExactly("audio_history_y2021m01");
      assertThat(trial.column("select 1 from audio_history where title = 'january'")).isEmpty();
      trial.as("backup", "", "");
      assertThat(trial.value("select title from history_partitions.audio_history_y2021m01"))
          .isEqualTo("january");
    });
  }

  @Test
  @Tag("AT-090")
  @Tag("AT-082")
  void a_month_cannot_be_asked_directly_nor_made_by_a_user() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.column(MAKE, "2031-11-15", 1);
      trial.asCaller(Scene.USER_A, "user");
      for (String month : new String[] {"audio_history_rest", "audio_history_y2031m11"}) {
        assertThat(trial.refusal("select * from history_partitions." + month).state())
            .isEqualTo("42501");
      }
      assertThat(trial.refusal(MAKE, "2033-01-01", 1).state()).isEqualTo("42501");
      assertThat(trial.refusal("select detach_history_partitions('2100-01-01')").state())
          .isEqualTo("42501");
    });
  }

  @Test
  @Tag("AT-090")
  void every_month_has_row_policies_forced() {
    trials.each(trial -> {
      trial.column(MAKE, "2031-11-15", 2);
      assertThat(
              trial.column(
                  "select distinct relrowsecurity and relforcerowsecurity from pg_class"
                      + " where relnamespace = 'history_partitions'::regnamespace"
                      + " and relkind = 'r'"))
          .containsExactly("t");
    });
  }
}
