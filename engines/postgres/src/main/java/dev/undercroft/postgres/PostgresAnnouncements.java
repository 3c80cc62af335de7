package dev.undercroft.postgres;

import dev.undercroft.access.Announcements;
import dev.undercroft.base.Identifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Listens on a connection of its own. One thread at a time. */
final class PostgresAnnouncements implements Announcements {

  /** A connection that is silent for so long is asked whether it is still there. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int PATIENCE_SECONDS = 5;

  private final Connection connection;
  private long heard = System.nanoTime();

  private PostgresAnnouncements(Connection connection) {
    this.connection = connection;
  }

  static PostgresAnnouncements on(Connection connection, String channel) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + new Identifier(channel).quoted());
    }
    return new PostgresAnnouncements(connection);
  }

  @Override
  public List<String> await(Duration atMost) throws SQLException {
    PGConnection driver = connection.unwrap(PGConnection.class);
    PGNotification[] notifications =
        driver.getNotifications(Math.max(1, Math.toIntExact(atMost.toMillis())));
    List<String> texts = new ArrayList<>();
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        texts.add(notification.getParameter());
      }
    }
    if (!texts.isEmpty()) {
      heard = System.nanoTime();
    } else if (System.nanoTime() - heard > SILENCE.toNanos()) {
      demandAlive();
    }
    return texts;
  }

  private void demandAlive() throws SQLException {
    if (!connection.isValid(PATIENCE_SECONDS)) {
      throw new SQLException("the server answers no more");
    }
    heard = System.nanoTime();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
