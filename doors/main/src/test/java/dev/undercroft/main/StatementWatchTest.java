package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.access.ConnectionPool;
import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.ObservedSource;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.StatementObserver;
import dev.undercroft.postgres.PostgresConnections;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.PostgresDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DatabaseTest
class StatementWatchTest {

  @Test
  @Tag("SF-147")
  void a_statement_of_more_than_a_second_is_warned_of_without_its_values(PostgresDatabase database)
      throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    StatementWatch watch = new StatementWatch("seda", Duration.ofSeconds(1), meters);
    PostgresAddress address = (PostgresAddress) DatabaseUrl.parse(database.url(), Path.of("/"));
    var source = new ObservedSource(new PostgresConnections(address, "test"), watch);
    List<String> warnings = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("undercroft.database");
    Handler handler = listening(warnings);
    logger.addHandler(handler);
    try (ConnectionPool pool = new ConnectionPool("seda", source, PoolSettings.DEFAULT);
        Connection connection = pool.acquire();
        PreparedStatement quick = connection.prepareStatement("SELECT length(?)");
        PreparedStatement slow =
            connection.prepareStatement("SELECT pg_sleep(1.1), length(?), 'literal'")) {
      quick.setString(1, "hunter2");
      quick.execute();
      slow.setString(1, "hunter2");
      slow.execute();
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(warnings)
        .singleElement()
        .asString()
        .matches("Slow database query: 1[1-9]\\d\\dms in seda: SELECT pg_sleep.*")
        .doesNotContain("hunter2", "literal");
    assertThat(meters.get("undercroft.statements").tag("outcome", "done").timer().count())
        .isGreaterThanOrEqualTo(2);
  }

  @Test
  @Tag("SF-111")
  void a_statement_that_failed_is_an_error_without_its_values() {
    StatementWatch watch =
        new StatementWatch("seda", Duration.ofSeconds(1), new SimpleMeterRegistry());
    List<String> errors = new CopyOnWriteArrayList<>();
    Logger logger = Logger.getLogger("undercroft.database");
    Handler handler = listening(errors);
    logger.addHandler(handler);
    try {
      watch.ended("SELECT 'literal', ?", Duration.ofMillis(3), StatementObserver.Outcome.DONE);
      watch.ended("SELECT 'literal', ?", Duration.ofMillis(4), StatementObserver.Outcome.FAILED);
    } finally {
      logger.removeHandler(handler);
    }
    assertThat(errors).containsExactly("Failed database query after 4ms in seda: SELECT '…', ?");
  }

  private static Handler listening(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
          warnings.add(line.getMessage());
        }
      }

      @Override
      public void flush() {
        // Nothing is kept back.
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }
}
