package dev.undercroft.catalog;

/**
 * Which database product a catalog came from, and its major version. Immutable.
 *
 * @param product {@code PostgreSQL} or {@code SQLite}
 * @param major the major version: 15 to 18 of PostgreSQL
 */
public record ServerVersion(String product, int major) {

  /** Whether the server is at least of this major version. */
  public boolean since(int version) {
    return major >= version;
  }

  @Override
  public String toString() {
    return product + " " + major;
  }
}
