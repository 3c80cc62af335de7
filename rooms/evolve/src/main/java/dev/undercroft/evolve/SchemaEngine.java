package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Planning;
import dev.undercroft.schema.Introspector;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What a kind of database must be able to do so that its schema can be changed. Thread-safe. */
public interface SchemaEngine {

  /** Reads what a database contains. */
  Introspector introspector();

  /** Whose SQL its texts are in. */
  Dialect sql();

  /** Makes plans between what databases contain. */
  Planning planning();

  /**
   * Loads definitions, in any order, into a scratch database made for them.
   *
   * @return what was left out, a problem each
   * @throws dev.undercroft.base.ProblemException with every statement that cannot be loaded
   */
  List<Problem> load(Connection scratch, List<SqlSource> sources);

  /** Where in its source the server stumbled over a statement; its beginning if it does not say. */
  int place(Statement statement, SQLException error);

  /** Undoes what a script has set for its session. */
  void reset(Connection scratch) throws SQLException;

  /** Puts rows into a copy. */
  Samples samples();

  /** What stands at the head of a file of definitions; empty text or whole lines. */
  String preamble();

  /** A plan as the text of a migration file. */
  String migration(Plan plan);

  /** Who the connection's user is and what the server has; for a live database. */
  Facts facts(Connection connection);

  /** What a database contains that has just been made. */
  Catalog fresh(ServerVersion server);

  /** Readies a scratch database for SQL that uses what the platform brings. */
  void install(Connection scratch);

  /**
   * Carries a plan out. What was committed before a failure stands.
   *
   * @param patience how long steps wait for their locks, and how often
   * @throws dev.undercroft.base.ProblemException naming the step that the server refused
   */
  void run(Connection connection, Plan plan, Patience patience, Progress progress);

  /**
   * Carries a plan out on a copy that nobody else uses, and watches it.
   *
   * @return the plan, with the locks that were taken and the work that was done
   * @throws dev.undercroft.base.ProblemException naming the step that the server refused
   */
  Plan measure(Connection copy, Plan plan);

  /**
   * Counts on a live database the rows that the warnings of a plan are about, for as long as that
   * may take; what is not known by then stays open.
   */
  Plan count(Connection connection, Plan plan, Duration most);

  /**
   * Takes the lock that keeps two appliers from one database, until the connection is closed.
   *
   * @return whether it was free
   */
  boolean lock(Connection connection);

  /**
   * Facts about a live database.
   *
   * @param user the connection's user
   * @param owner the owner of the database
   * @param major the server's major version
   * @param extensions the names of the extensions that could be installed
   */
  record Facts(String user, String owner, int major, Set<String> extensions) {
    /** Copies the set. */
    public Facts {
      extensions = Set.copyOf(extensions);
    }
  }
}
