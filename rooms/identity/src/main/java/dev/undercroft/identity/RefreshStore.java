package dev.undercroft.identity;

import java.time.Instant;

/** Where an application keeps the one refresh token of each session. Thread-safe. */
public interface RefreshStore {

  /** What became of a swap. */
  enum Swap {
    /** The hash was the stored one and is the new one now. */
    DONE,
    /** The session lives, with another hash. */
    OTHER_HASH,
    /** There is no such session, or it has ended. */
    GONE
  }

  /**
   * Replaces the hash of a living session, if it is still the old one: one {@code update … where id
   * = ? and hash = ? and expires > now()}, and only if that changed nothing a look whether the
   * session lives.
   *
   * @param session the id of the session
   * @param oldHash what was shown
   * @param newHash what takes its place
   * @param expiresAt until when the new one counts
   */
  Swap swap(String session, String oldHash, String newHash, Instant expiresAt);

  /** Ends a session with everything that hangs on it; does nothing if it has ended. */
  void end(String session);
}
