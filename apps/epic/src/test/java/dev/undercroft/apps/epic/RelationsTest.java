package dev.undercroft.apps.epic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What belongs to whom, and what goes with it. */
@DatabaseTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelationsTest {

  private final Trials trials;

  RelationsTest(PostgresDatabase young, @On(PostgresVersion.V15) PostgresDatabase old) {
    trials = Trials.of("epic", young, old);
  }

  @Test
  @Tag("EP-018")
  void every_table_reaches_a_user_through_keys_that_may_not_be_null() {
    String reaching =
        """
        with recursive reaching (oid) as (
          select 'users'::regclass::oid
          union
          select c.conrelid from pg_constraint c
            join reaching r on r.oid = c.confrelid
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
           where c.contype = 'f' and a.attnotnull
        )
        select relname from pg_class
         where relnamespace = 'public'::regnamespace and relkind = 'r'
           and oid not in (select oid from reaching)
         order by 1
        """;
    trials.each(trial ->
        // The log outlives users, the tokens come before them.
        assertThat(trial.column(reaching)).containsExactly("audit_log", "verification_tokens"));
  }

  @Test
  @Tag("EP-010")
  void deleting_a_user_takes_everything_along_and_nothing_of_others() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.asCaller("user-a", "USER");
      assertThat(trial.run("delete from users")).isEqualTo(1);
      trial.asSystem();
      for (String row :
          new String[] {"account", "session", "project", "asset", "scene", "job", "preset"}) {
        assertThat(
                trial.column(
                    "select id from " + row + "s where id in (?, ?)", row + "-a", row + "-b"))
            .containsExactly(row + "-b");
      }
    });
  }

  @Test
  @Tag("EP-015")
  @Tag("EP-016")
  void a_scene_loses_its_picture_when_the_asset_goes() {
    trials.each(trial -> {
      Scene.arrange(trial);
      trial.run("delete from assets where id = 'asset-a'");
      assertThat(trial.value("select image_asset_id from scenes where id = 'scene-a'"))
          .isEqualTo("NULL");
    });
  }
}
