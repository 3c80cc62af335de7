package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.settings.LogFormat;
import dev.undercroft.settings.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the log, by how much was asked for. */
class LoggingTest {

  @TempDir private Path folder;

  /** The log of this process is changed by these tests. */
  @AfterEach
  void as_before() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  private static void speak(String name) {
    System.Logger logger = System.getLogger(name);
    logger.log(System.Logger.Level.ERROR, "says error");
    logger.log(System.Logger.Level.WARNING, "says warn");
    logger.log(System.Logger.Level.INFO, "says info");
    logger.log(System.Logger.Level.DEBUG, "says query");
  }

  private List<String> heard() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("undercroft.0.log"))) {
      return lines.map(line -> line.replaceAll(".*says (\\w+).*", "$1")).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, error",
    "WARN, error warn",
    "INFO, error warn info",
    "QUERY, error warn info query"
  })
  @Tag("SF-106")
  void each_level_of_the_database_can_be_switched_on(LogLevel level, String expected)
      throws Exception {
    Logging.Wish wish = new Logging.Wish(LogLevel.ERROR, level, LogFormat.JSON, false);
    try (Logging logging = Logging.of(wish, folder)) {
      assertThat(logging).isNotNull();
      speak("undercroft.database");
    }
    assertThat(heard()).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "ERROR, error",
    "WARN, error warn",
    "INFO, error warn info",
    "DEBUG, error warn info query"
  })
  @Tag("SF-106")
  void and_so_can_each_level_of_all_the_rest(LogLevel level, String expected) throws Exception {
    Logging.Wish wish = new Logging.Wish(level, LogLevel.ERROR, LogFormat.JSON, false);
    try (Logging logging = Logging.of(wish, folder)) {
      assertThat(logging).isNotNull();
      speak("undercroft.test");
    }
    assertThat(heard()).containsExactly(expected.split(" "));
  }
}
