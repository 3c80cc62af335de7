package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.OpenFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements in the log of an instance. */
class StatementLogTest {

  @TempDir(factory = OpenFolder.class)
  private Path folder;

  private List<String> statements() throws Exception {
    try (Stream<String> lines = Files.lines(folder.resolve(".undercroft/logs/undercroft.0.log"))) {
      return lines
          .filter(line -> line.contains("undercroft.database") && line.contains(" us: "))
          .toList();
    }
  }

  @Test
  @Tag("SF-111")
  void statements_are_logged_in_development_and_nowhere_else() throws Exception {
    try (TestingFolder shop = TestingFolder.withApplication(folder, "seda")) {
      shop.up();
      Await.until("a chore's statement is logged", () -> !statements().isEmpty());
      assertThat(shop.run("down").exit()).isZero();
      List<String> untilDown = statements();
      shop.with("ENVIRONMENT", "test");
      var up = shop.up();
      assertThat(shop.get(up, "/health/database").statusCode()).isEqualTo(200);
      assertThat(shop.run("down").exit()).isZero();
      assertThat(statements()).hasSameSizeAs(untilDown);
    }
  }
}
