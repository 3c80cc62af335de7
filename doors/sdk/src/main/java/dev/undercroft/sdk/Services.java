package dev.undercroft.sdk;

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
}
