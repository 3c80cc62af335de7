package dev.undercroft.backups;

import dev.undercroft.access.PostgresAddress;
import java.nio.file.Path;
import java.util.Optional;

/** A running server, reachable until closed. Thread-safe. */
public interface Cluster extends AutoCloseable {

  /** How a role reaches it that may back it up. */
  PostgresAddress administrator();

  /** Its data directory, when it is on this machine and may be read. */
  Optional<Path> data();

  /** Lets go of it; stops it when it was started for this verb. */
  @Override
  void close();
}
