package dev.undercroft.schema;

import dev.undercroft.catalog.Catalog;
import java.sql.Connection;

/** Reads what a database contains. An engine implements it; stateless and thread-safe. */
@FunctionalInterface
public interface Introspector {

  /**
   * The contents of the database that the connection is in, as of one moment. The connection is
   * left as it was; a transaction in progress on it is rolled back.
   *
   * @throws dev.undercroft.base.ProblemException if the server cannot be read or is too old
   */
  Catalog read(Connection connection, Scope scope);
}
