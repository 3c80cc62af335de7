package dev.undercroft.postgres;

import dev.undercroft.migrate.StatementFailure;
import dev.undercroft.sql.Statement;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.TransactionState;

/**
 * Sends messages of several statements as they are, without the driver cutting or rewriting them,
 * and hears of each statement's end. The driver's public interface has no word for this; its
 * executor does.
 */
final class MigrationWire {

  private static final int FLAGS =
      QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
          | QueryExecutor.QUERY_SUPPRESS_BEGIN
          | QueryExecutor.QUERY_BOTH_ROWS_AND_STATUS;
  private static final int MOST_NOTICES = 100;

  private final Connection connection;
  private final QueryExecutor executor;
  private final List<String> notices = new ArrayList<>();
  private long rows;

  MigrationWire(Connection connection) throws SQLException {
    this.connection = connection;
    this.executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
  }

  /** Sends one message and waits for the end of its last statement. */
  void send(MigrationMessage message) throws StatementFailure {
    Ends ends = new Ends();
    try {
      // A query made by the executor itself would be cut by the driver's own parser.
      Query query = executor.wrap(List.of(new NativeQuery(message.text(), SqlCommand.BLANK)));
      executor.execute(query, null, ends, 0, 0, FLAGS);
    } catch (SQLException e) {
      throw message.failure(e, ends.completed);
    }
  }

  /** Sends the rows of a COPY. */
  void copy(Statement copy, int number) throws StatementFailure {
    String data = copy.copyData().orElseThrow().in(copy.source().text());
    try {
      PGConnection driver = connection.unwrap(PGConnection.class);
      rows += driver.getCopyAPI().copyIn(copy.text(), new StringReader(data));
    } catch (SQLException e) {
      throw new StatementFailure(number, OptionalInt.empty(), MigrationErrors.of(e), e);
    } catch (IOException impossible) {
      throw new IllegalStateException("a text in memory was not read", impossible);
    }
  }

  /** Ends a transaction that failed; a connection that cannot do even that is lost anyway. */
  void rollBack() {
    if (executor.getTransactionState() != TransactionState.IDLE) {
      asNew(List.of("rollback"));
    }
  }

  /** Runs what makes the session usable again after a failure, unless it is lost. */
  void asNew(List<String> statements) {
    if (executor.isClosed()) {
      return;
    }
    try {
      send(new MigrationMessage().addAll(statements));
    } catch (StatementFailure lost) {
      org.slf4j.LoggerFactory.getLogger(MigrationWire.class)
          .debug("a lost connection was not made usable", lost);
    }
  }

  /** Whether the next message would be read with backslashes as escapes in plain strings. */
  boolean readsBackslashes() {
    return !executor.getStandardConformingStrings();
  }

  /** How many rows the statements since the last call changed. */
  long takeRows() {
    long taken = rows;
    rows = 0;
    return taken;
  }

  /** What the server said since the last call. */
  List<String> takeNotices() {
    List<String> taken = List.copyOf(notices);
    notices.clear();
    return taken;
  }

  /** Counts the statements that have ended. */
  private final class Ends extends ResultHandlerBase {
    private int completed;

    @Override
    public void handleCommandStatus(String status, long updated, long insertedOid) {
      completed++;
      if (!status.startsWith("SELECT")) {
        rows += Math.max(0, updated);
      }
    }

    @Override
    public void handleWarning(SQLWarning warning) {
      if (notices.size() < MOST_NOTICES) {
        notices.add(String.valueOf(warning.getMessage()));
      }
    }
  }
}
