package dev.undercroft.engine;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.DatabaseAddress;

/** Reaches databases of one kind. Thread-safe implementations only. */
@FunctionalInterface
public interface Connecting {

  /**
   * Connections to an address; nothing is opened yet.
   *
   * @param address of this engine's kind
   * @param purpose what the connections are for, as the server shows it
   * @throws IllegalArgumentException if the address is of another kind
   */
  ConnectionSource to(DatabaseAddress address, String purpose);
}
