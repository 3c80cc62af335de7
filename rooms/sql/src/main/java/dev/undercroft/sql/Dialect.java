package dev.undercroft.sql;

/** Whose SQL a text is: decides quotes, comments and where a statement ends. Immutable. */
public enum Dialect {
  /** PostgreSQL 15 to 18, with {@code standard_conforming_strings} on. */
  POSTGRESQL,
  /** SQLite 3. */
  SQLITE
}
