package dev.undercroft.access;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Hears what transactions announce on one channel of a database when they commit (PostgreSQL
 * manual, LISTEN and NOTIFY). One thread at a time; whoever opened it closes it.
 */
public interface Announcements extends AutoCloseable {

  /**
   * Waits until something is announced, or the time is over.
   *
   * @param atMost how long; at least a millisecond
   * @return what was announced, oldest first; empty when nothing was
   * @throws SQLException if the connection is lost, and with it what was announced since
   */
  List<String> await(Duration atMost) throws SQLException;

  @Override
  void close() throws SQLException;
}
