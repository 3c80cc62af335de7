package dev.undercroft.postgres;

import dev.undercroft.access.Announcements;
import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.Preamble;
import dev.undercroft.access.Sessions;
import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens connections to one PostgreSQL database as one role. A connection's time zone is UTC
 * whatever the server, the role or this process has been told. Thread-safe.
 */
public final class PostgresConnections implements ConnectionSource {

  /** The oldest server that is supported. */
  public static final int OLDEST_MAJOR = 15;

  private static final String TELL =
      Preamble.MARK
          + "SELECT set_config('undercroft.tenant', ?, true),"
          + " set_config('undercroft.role', ?, true)";
  private static final String TELL_SIGNED =
      Preamble.MARK + "SELECT set_config('undercroft.context', ?, true)";
  private static final String AND_READING = ", set_config('transaction_read_only', 'on', true)";

  private final PostgresAddress address;
  private final PGSimpleDataSource driver;
  private final ConnectionDiagnosis diagnosis;
  private final Optional<ContextKey> key;

  /**
   * Nothing is opened yet.
   *
   * @param address where to connect, and as whom
   * @param purpose shown by the server as the name of the application, unless the address has one
   */
  public PostgresConnections(PostgresAddress address, String purpose) {
    this(address, purpose, Optional.empty());
  }

  /**
   * The same, telling the server for whom a transaction acts in a signed form.
   *
   * @param key the key that the database was provisioned with; empty for the form without
   */
  public PostgresConnections(PostgresAddress address, String purpose, Optional<ContextKey> key) {
    this.address = address;
    this.driver = DriverSettings.dataSource(address, purpose);
    this.diagnosis = new ConnectionDiagnosis(address);
    this.key = key;
  }

  @Override
  public PostgresAddress address() {
    return address;
  }

  @Override
  public Connection open() {
    Connection connection = connect();
    boolean usable = false;
    try {
      prepare(connection);
      usable = true;
      return connection;
    } catch (SQLException e) {
      throw diagnosis.of(e).exception(e);
    } finally {
      if (!usable) {
        closeQuietly(connection);
      }
    }
  }

  private Connection connect() {
    try {
      return driver.getConnection();
    } catch (SQLException e) {
      throw diagnosis.of(e).exception(e);
    }
  }

  /**
   * Opens a connection that speaks the replication protocol, for receiving the log (PostgreSQL
   * documentation, "Streaming Replication Protocol"). The role needs REPLICATION; a pooler will not
   * do.
   *
   * @throws ProblemException if there is none to be had
   */
  public Connection openReplication() {
    try {
      return DriverSettings.replication(address).getConnection();
    } catch (SQLException e) {
      throw diagnosis.of(e).exception(e);
    }
  }

  @Override
  public Optional<Announcements> listen(String channel) {
    if (address.isTransactionPooled()) {
      return Optional.empty();
    }
    Connection connection = open();
    boolean listening = false;
    try {
      Announcements announcements = PostgresAnnouncements.on(connection, channel);
      listening = true;
      return Optional.of(announcements);
    } catch (SQLException e) {
      throw explain(e).exception(e);
    } finally {
      if (!listening) {
        closeQuietly(connection);
      }
    }
  }

  private void prepare(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < OLDEST_MAJOR) {
      throw tooOld(connection.getMetaData().getDatabaseProductVersion());
    }
    if (!address.isTransactionPooled()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET TIME ZONE 'UTC'");
      }
    }
  }

  private ProblemException tooOld(String version) {
    return Problem.of(
            "POSTGRES_TOO_OLD",
            ProblemKind.EXTERNAL,
            "the server " + address.servers() + " is PostgreSQL " + version)
        .withRemedy("Use a server of version " + OLDEST_MAJOR + " or later.")
        .with("version", version)
        .exception();
  }

  /** The reason why it is closed is on its way to the caller already. */
  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException unusableAnyway) {
      org.slf4j.LoggerFactory.getLogger(PostgresConnections.class)
          .debug("an unusable connection was not closed", unusableAnyway);
    }
  }

  @Override
  public Optional<Preamble> preamble(
      Connection connection, Optional<TenantContext> context, Sessions.Access access)
      throws SQLException {
    String tell = key.isPresent() ? TELL_SIGNED : TELL;
    return Optional.of(
        new Preamble(
            access == Sessions.Access.WRITE ? tell : tell + AND_READING,
            told(connection, context)));
  }

  @Override
  public void bind(Connection connection, TenantContext context) throws SQLException {
    new Preamble(key.isPresent() ? TELL_SIGNED : TELL, told(connection, Optional.of(context)))
        .send(connection);
  }

  private List<String> told(Connection connection, Optional<TenantContext> context)
      throws SQLException {
    if (key.isEmpty()) {
      return List.of(
          context.map(TenantContext::tenant).orElse(""),
          context.map(TenantContext::role).orElse(""));
    }
    if (context.isEmpty()) {
      return List.of("");
    }
    // Behind a pooler of transactions nobody knows which server process it will be.
    int backend =
        address.isTransactionPooled() ? 0 : connection.unwrap(PGConnection.class).getBackendPID();
    return List.of(key.get().sign(context.get(), backend, Instant.now()));
  }

  @Override
  public Problem explain(SQLException failure) {
    return StatementDiagnosis.isOfConnection(failure)
        ? diagnosis.of(failure)
        : StatementDiagnosis.of(failure);
  }

  @Override
  public boolean isPassing(Problem problem) {
    return ConnectionDiagnosis.isPassing(problem);
  }
}
