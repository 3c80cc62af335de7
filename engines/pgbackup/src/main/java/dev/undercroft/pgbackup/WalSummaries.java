package dev.undercroft.pgbackup;

import dev.undercroft.backup.ChangedPages;
import dev.undercroft.backup.Lsn;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.StartPoint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads PostgreSQL's WAL summaries (17 and newer; documentation, "WAL Summarization Functions")
 * through SQL. A summary counts only if it lies strictly within the asked stretch of the same
 * timeline, and only a cover without gap counts at all: summaries of an abandoned timeline's end
 * must not be used. Thread-safe.
 */
public final class WalSummaries implements PhysicalBackup.ChangeLog {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Connections connections;

  /** The summaries of the server that these connections reach. */
  public WalSummaries(Connections connections) {
    this.connections = connections;
  }

  private record Summary(int timeline, Lsn start, Lsn end) {}

  @Override
  public Optional<ChangedPages> between(StartPoint since, StartPoint until) {
    try (Connection connection = connections.open()) {
      if (!reaches(connection, until.position())) {
        return Optional.empty();
      }
      List<Summary> summaries = covering(connection, since, until);
      if (summaries.isEmpty() && since.position().isBefore(until.position())) {
        return Optional.empty();
      }
      ChangedPages changed = new ChangedPages();
      for (Summary summary : summaries) {
        add(connection, summary, changed);
      }
      return Optional.of(changed);
    } catch (SQLException e) {
      throw SqlBackupSource.refused("tell what the log changed", e);
    }
  }

  /** The summarizer works behind the log; it is given a minute as long as it exists. */
  private static boolean reaches(Connection connection, Lsn position) throws SQLException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (true) {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "select summarized_lsn::text, summarizer_pid is not null or current_setting('summarize_wal') = 'on' from pg_catalog.pg_get_wal_summarizer_state()")) {
        row.next();
        if (!Lsn.parse(row.getString(1)).isBefore(position)) {
          return true;
        }
        if (!row.getBoolean(2) || Instant.now().isAfter(deadline)) {
          return false;
        }
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static List<Summary> covering(Connection connection, StartPoint since, StartPoint until)
      throws SQLException {
    String query =
        """
        select tli, start_lsn::text, end_lsn::text from pg_catalog.pg_available_wal_summaries()
         where tli = ? and start_lsn < ?::pg_lsn and end_lsn > ?::pg_lsn order by start_lsn
        """;
    List<Summary> found = new ArrayList<>();
    Lsn reached = since.position();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setInt(1, until.timeline());
      statement.setString(2, until.position().toString());
      statement.setString(3, since.position().toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Summary next =
              new Summary(
                  rows.getInt(1), Lsn.parse(rows.getString(2)), Lsn.parse(rows.getString(3)));
          if (reached.isBefore(next.start())) {
            return List.of();
          }
          reached = next.end().isBefore(reached) ? reached : next.end();
          found.add(next);
        }
      }
    }
    return reached.isBefore(until.position()) ? List.of() : found;
  }

  private static void add(Connection connection, Summary summary, ChangedPages changed)
      throws SQLException {
    String query =
        """
        select reltablespace, reldatabase, relfilenode, relforknumber, relblocknumber, is_limit_block
          from pg_catalog.pg_wal_summary_contents(?, ?::pg_lsn, ?::pg_lsn)
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setInt(1, summary.timeline());
      statement.setString(2, summary.start().toString());
      statement.setString(3, summary.end().toString());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          ChangedPages.Fork fork =
              new ChangedPages.Fork(row.getLong(1), row.getLong(2), row.getLong(3), row.getInt(4));
          if (row.getBoolean(6)) {
            changed.limit(fork, row.getLong(5));
          } else {
            changed.block(fork, row.getLong(5));
          }
        }
      }
    }
  }
}
