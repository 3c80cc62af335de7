package dev.undercroft.postgres;

import dev.undercroft.engine.Vitals;
import dev.undercroft.engine.VitalsProbe;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks PostgreSQL how a database is, from {@code pg_stat_database} (manual, "The Cumulative
 * Statistics System"), which every role may read. How far standbys are behind is in {@code
 * pg_stat_replication}, which takes {@code pg_read_all_stats}; one that has nothing to catch up
 * with shows no lag there, and a receiver of the log, which replays nothing, no place either.
 * Thread-safe.
 */
public final class PostgresVitals implements VitalsProbe {

  private static final String QUESTION =
      """
      SELECT numbackends, current_setting('max_connections')::int,
             pg_database_size(datid), xact_commit, xact_rollback,
             (SELECT (extract(epoch FROM max(coalesce(replay_lag, '0'))) * 1000)::bigint
              FROM pg_stat_replication WHERE replay_lsn IS NOT NULL)
      FROM pg_stat_database
      WHERE datname = current_database()
      """;

  @Override
  public Vitals ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(QUESTION)) {
      if (!row.next()) {
        return Vitals.UNKNOWN;
      }
      return new Vitals(
          Optional.of(row.getInt(1)),
          Optional.of(row.getInt(2)),
          Optional.of(row.getLong(3)),
          Optional.of(row.getLong(4)),
          Optional.of(row.getLong(5)),
          lag(row));
    }
  }

  private static Optional<Duration> lag(ResultSet row) throws SQLException {
    long milliseconds = row.getLong(6);
    return row.wasNull() ? Optional.empty() : Optional.of(Duration.ofMillis(milliseconds));
  }
}
