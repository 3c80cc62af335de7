package dev.undercroft.access;

/**
 * Where a database is and how to reach it: the parsed form of a URL. Immutable; {@code toString}
 * never shows a password.
 */
public sealed interface DatabaseAddress permits PostgresAddress, SqliteAddress {

  /** The address as a URL for people, secrets as {@code ***}. */
  String display();

  /** The name of the database: PostgreSQL's, or the file name without its folder and ending. */
  String database();

  /**
   * The size and the times of the pool: what the URL says, else what {@code defaults} say.
   *
   * @param defaults what holds where the URL is silent
   */
  PoolSettings pool(PoolSettings defaults);
}
