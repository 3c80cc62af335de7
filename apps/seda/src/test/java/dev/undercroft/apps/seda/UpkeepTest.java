package dev.undercroft.apps.seda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.stage.Stage;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done without anybody asking. */
@DatabaseTest
class UpkeepTest {

  @TempDir private Path folder;

  @Test
  @Tag("SF-150")
  void pages_that_expired_more_than_a_week_ago_go_and_no_others(PostgresDatabase database)
      throws Exception {
    try (Stage stage = Theatre.open(database, folder)) {
      database.execute(
          "insert into crawler_cache (url, expires_at) values"
              + " ('https://a', now() - interval '7 days 1 minute'),"
              + " ('https://b', now() - interval '6 days 23 hours'),"
              + " ('https://c', now() + interval '1 day')");
      assertThat(stage.doChores()).containsExactly(Map.of("pages", 1));
      assertThat(database.column("select url from crawler_cache order by url"))
          .containsExactly("https://b", "https://c");
      assertThat(stage.doChores()).containsExactly(Map.of("pages", 0));
    }
  }
}
