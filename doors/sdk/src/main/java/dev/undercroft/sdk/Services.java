package dev.undercroft.sdk;

import java.util.Optional;

/** What the house offers to one application. Thread-safe. */
public interface Services {

  /** How the application's own database is, for the health pages its documents promise. */
  DatabaseHealth health();

  /** The application's own database. */
  Data data();

  /**
   * The application's keys.
   *
   * @throws UnsupportedOperationException where an application runs without them, as in some tests
   */
  default Vault vault() {
    throw new UnsupportedOperationException("this house keeps no keys");
  }

  /**
   * A variable that the application declares under {@code [variables.NAME]} in {@code
   * undercroft.toml}; keys come from the {@link #vault()}.
   */
  default Optional<String> variable(String name) {
    return Optional.empty();
  }

  /**
   * Where letters go.
   *
   * @throws UnsupportedOperationException where an application runs without, as in some tests
   */
  default Outbox outbox() {
    throw new UnsupportedOperationException("this house sends no letters");
  }

  /**
   * Live updates out of the application's own database.
   *
   * @throws UnsupportedOperationException where an application runs without, as in some tests
   */
  default Live live() {
    throw new UnsupportedOperationException("this house has no live updates");
  }
}
