package dev.undercroft.schema;

import java.sql.Connection;

/**
 * A running server on which databases may be made to try things in. An engine implements it;
 * thread-safe.
 */
@FunctionalInterface
public interface ScratchServer {

  /**
   * Makes an empty database.
   *
   * @throws dev.undercroft.base.ProblemException if the server cannot be reached or the user may
   *     not make databases; the remedy says what an administrator must grant
   */
  Scratch create();

  /** A database that is dropped when it is closed. */
  interface Scratch extends AutoCloseable {

    /** The connection to it, in auto-commit mode; closed together with the database. */
    Connection connection();

    /** Drops the database. */
    @Override
    void close();
  }
}
