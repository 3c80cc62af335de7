package dev.undercroft.migrate;

import dev.undercroft.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One connection, in no transaction between two calls. For one thread. */
public interface MigrationSession extends AutoCloseable {

  /** The server's name and version, for example {@code PostgreSQL 18.6}. */
  String serverVersion();

  /** The columns of a table of ours, by its plain name; empty when there is no such table. */
  Set<String> columns(String table);

  /**
   * Asks for rows; each maps a column's label to its value as text.
   *
   * @throws dev.undercroft.base.ProblemException when the statement fails
   */
  List<Map<String, @Nullable String>> query(String sql);

  /**
   * Carries out statements of ours in one transaction that is durable when this returns.
   *
   * @throws dev.undercroft.base.ProblemException when a statement fails; nothing is changed then
   */
  void write(List<String> statements);

  /**
   * Carries out the statements of a file in one transaction, with what is to be recorded.
   *
   * @throws StatementFailure when a statement or the end of the transaction fails; nothing is
   *     changed then, unless the connection was lost at the very end
   */
  RunReport run(TransactionRun run) throws StatementFailure;

  /**
   * Carries out one statement outside of any transaction.
   *
   * @throws StatementFailure when it fails; what it did before it failed may stay
   */
  RunReport runAlone(Statement statement, RunRules rules) throws StatementFailure;

  /** Finds out whether a statement that was begun and whose end nobody saw took effect. */
  Verdict look(Statement statement);

  /**
   * What must run before a statement that failed outside of a transaction is tried again, for
   * example dropping the invalid index it left; usually nothing.
   */
  List<String> repairs(Statement statement);

  /**
   * Carries out a repair, outside of any transaction; one that finds nothing to do succeeds.
   *
   * @throws dev.undercroft.base.ProblemException when it fails
   */
  void repair(String statement);

  /** Every object of the project, for people, with the statement that drops it. */
  List<ProjectObject> projectObjects();

  /** Who deploys to this database right now, for people. */
  Optional<String> deployer();

  /** The history table of another tool, when there is one. */
  Optional<String> foreignHistory();

  /** Ends the connection; never fails. */
  @Override
  void close();

  /**
   * Something that {@code reset} drops.
   *
   * @param name for people, for example {@code table public.message}
   * @param drop the statement that drops it with all that depends on it
   */
  record ProjectObject(String name, String drop) {}
}
