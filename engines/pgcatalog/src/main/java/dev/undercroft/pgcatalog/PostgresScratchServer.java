package dev.undercroft.pgcatalog;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.schema.ScratchServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;

/** Makes scratch databases on any server whose user may create databases. Thread-safe. */
public final class PostgresScratchServer implements ScratchServer {

  /** Opens connections to the databases of one server. */
  @FunctionalInterface
  public interface Connections {
    /** A new connection to this database; empty text means the one that the address names. */
    Connection open(String database) throws SQLException;
  }

  private final Connections connections;

  /** A server that is reached like this. */
  public PostgresScratchServer(Connections connections) {
    this.connections = connections;
  }

  @Override
  public Scratch create() {
    String name = "undercroft_scratch_" + Long.toHexString(ThreadLocalRandom.current().nextLong());
    try {
      run("CREATE DATABASE " + name + " TEMPLATE template0");
      return new Database(name, connections.open(name));
    } catch (SQLException e) {
      throw Problem.of(
              "PGCATALOG_NO_SCRATCH",
              ProblemKind.EXTERNAL,
              "no scratch database could be made on the server")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy(
              "Let an administrator run ALTER ROLE … CREATEDB for the user of --scratch, or leave"
                  + " --scratch away to use the embedded server.")
          .exception(e);
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connections.open("");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private final class Database implements Scratch {
    private final String name;
    private final Connection connection;

    Database(String name, Connection connection) {
      this.name = name;
      this.connection = connection;
    }

    @Override
    public Connection connection() {
      return connection;
    }

    @Override
    public void close() {
      try {
        connection.close();
        run("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
      } catch (SQLException e) {
        throw Problem.of(
                "PGCATALOG_SCRATCH_LEFT",
                ProblemKind.EXTERNAL,
                "the scratch database " + name + " could not be dropped")
            .withDetail(String.valueOf(e.getMessage()))
            .withRemedy("Drop it by hand: DROP DATABASE " + name + " WITH (FORCE).")
            .exception(e);
      }
    }
  }
}
