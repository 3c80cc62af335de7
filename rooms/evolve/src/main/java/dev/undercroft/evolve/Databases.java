package dev.undercroft.evolve;

import dev.undercroft.schema.ScratchServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Optional;

/** Opens what schemas are read from and tried in. An engine's room implements it; thread-safe. */
public interface Databases {

  /**
   * A connection to the database that a URL names, in auto-commit mode; the caller closes it.
   *
   * @throws dev.undercroft.base.ProblemException if the URL is wrong or the server not to be had
   */
  Connection open(String url);

  /** The same for a database that will be changed; it is made if it may be and is not there. */
  default Connection openToChange(String url) {
    return open(url);
  }

  /**
   * A server on which scratch databases may be made.
   *
   * @param url the running server a person named; empty for one of our own
   * @param major the major version it should have; 0 if any will do
   * @throws dev.undercroft.base.ProblemException if there is none to be had
   */
  Scratches scratches(Optional<String> url, int major);

  /**
   * A copy, rows included, of the database that a URL names; dropped when it is closed. Empty where
   * copying is dear: plans are tried on a copy of the schema then.
   */
  default Optional<ScratchServer.Scratch> copy(String url) {
    return Optional.empty();
  }

  /** Where what migrations give may be kept; empty where nothing is. */
  Optional<Replays> replays();

  /**
   * A place for catalogs of migrations that were carried out.
   *
   * @param folder need not exist
   * @param salt changes when this program reads catalogs in another way
   */
  record Replays(Path folder, String salt) {
    ReplayCache open() {
      return new ReplayCache(folder, salt);
    }
  }

  /** A server for scratch databases, until it is closed. Thread-safe. */
  interface Scratches extends ScratchServer, AutoCloseable {

    /** Drops whatever databases are left, and stops the server if it was started for this. */
    @Override
    void close();
  }
}
