package dev.undercroft.migrate;

import java.util.Optional;

/**
 * What lets one deployer at a time work on a database. Held outside of any transaction, and gone
 * when its process is gone. For one thread.
 */
public interface DeployLock extends AutoCloseable {

  /**
   * Tries once to take the lock, without waiting.
   *
   * @return empty when it is taken now; otherwise who holds it, for people
   */
  Optional<String> tryAcquire();

  /**
   * Makes sure that the lock is still held.
   *
   * @throws dev.undercroft.base.ProblemException when it is lost; nothing may be done any more
   */
  void check();

  /** The session the deployer works in; it too keeps other deployers away while it lives. */
  MigrationSession session();

  /** Lets go of the lock and ends the sessions; never fails. */
  @Override
  void close();
}
