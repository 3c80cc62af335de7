package dev.undercroft.evolve;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** Rows to try a migration with, in a copy that holds none. Stateless and thread-safe. */
public interface Samples {

  /** Puts some rows into every table, as far as its rules allow. */
  void fill(Connection copy, Catalog catalog) throws SQLException;

  /** How many rows each table holds by itself. */
  Map<ObjectId, Long> counts(Connection copy, Catalog catalog) throws SQLException;

  /** Takes all rows out of these tables. */
  void empty(Connection copy, Set<ObjectId> tables) throws SQLException;
}
