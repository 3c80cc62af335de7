package dev.undercroft.migrate;

/**
 * What a database must be able to do so that migrations can be deployed to it: the port that each
 * engine implements, for one database and one role. Thread-safe.
 */
public interface MigrationDialect {

  /** The database for people, without any secret: {@code seda_dev on 127.0.0.1:5432}. */
  String target();
}
