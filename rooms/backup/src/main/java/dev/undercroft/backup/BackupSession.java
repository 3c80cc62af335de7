package dev.undercroft.backup;

import java.util.List;

/**
 * One backup in progress on the server. Closing it without {@link #stop} aborts the backup.
 *
 * <p>{@link #files} and {@link #stop} belong to one thread; {@link #reader} may be called from any.
 */
public interface BackupSession extends AutoCloseable {

  /** Where the backup began. */
  StartPoint start();

  /** Every file and folder of the data directory that a backup keeps, listed now. */
  List<SourceFile> files();

  /** A further connection that reads file contents; the caller closes it. */
  PageReader reader();

  /**
   * Ends backup mode.
   *
   * @throws dev.undercroft.base.ProblemException when the session was lost: the copy is worthless
   */
  StopPoint stop();

  /** Ends the session; aborts the backup unless it was stopped. */
  @Override
  void close();
}
