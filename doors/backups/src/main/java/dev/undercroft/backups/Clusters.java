package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.platform.Scope;
import java.util.Optional;

/** Finds what a scope means. Thread-safe implementations only. */
public interface Clusters {

  /**
   * Reads the settings.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong with them
   */
  Site site(Scope scope);

  /** How the server is reached that somebody else runs; empty for the embedded one. */
  Optional<PostgresAddress> remote(Scope scope);

  /**
   * The running server behind a scope, or the embedded one started for this verb.
   *
   * @throws dev.undercroft.base.ProblemException if it cannot be had, or if several are meant
   */
  Cluster open(Scope scope);
}
