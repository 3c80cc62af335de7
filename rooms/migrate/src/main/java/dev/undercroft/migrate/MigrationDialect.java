package dev.undercroft.migrate;

import dev.undercroft.access.DatabaseAddress;
import dev.undercroft.sql.Dialect;

/**
 * What a database must be able to do so that migrations can be deployed to it: the port that each
 * engine implements, for one database and one role. Thread-safe.
 */
public interface MigrationDialect {

  /** What some databases can do and others cannot. */
  enum Feature {
    /** An object belongs to a role, and can be given to another. */
    OBJECT_OWNER,
    /** A statement can be stopped after a time. */
    STATEMENT_TIMEOUT,
    /** Row policies that can be forced on the owner, and lifted. */
    FORCED_POLICIES,
    /** Foreign keys can be switched off for a transaction, and are checked at its end. */
    FOREIGN_KEYS_SWITCH
  }

  /** Whose SQL the files are written in. */
  Dialect sql();

  /** The database for people, without any secret: {@code seda_dev on 127.0.0.1:5432}. */
  String target();

  /** Where it is. */
  DatabaseAddress address();

  /** The name a person repeats to allow what destroys. */
  default String database() {
    return address().database();
  }

  /** Whether this database can do that. */
  boolean supports(Feature feature);

  /** The texts in which history is kept here. */
  HistoryDialect history();

  /**
   * Opens a session to look at the database.
   *
   * @throws dev.undercroft.base.ProblemException when the database cannot be reached
   */
  MigrationSession open();

  /**
   * Opens what a deployer needs: the lock, not yet taken, and the session it will work in.
   *
   * @param who the deployer, as others shall see it
   * @throws dev.undercroft.base.ProblemException when the database cannot be reached, or when
   *     something between here and there makes a lock impossible to hold
   */
  DeployLock lock(String who);
}
