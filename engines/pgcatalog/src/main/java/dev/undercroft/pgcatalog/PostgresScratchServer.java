package dev.undercroft.pgcatalog;

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
      throw ScratchSession.noScratch(e);
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
        try (Connection admin = connections.open("");
            Statement statement = admin.createStatement()) {
          ScratchDrop.run(statement, name, connections);
        }
      } catch (SQLException e) {
        throw ScratchSession.left(name, e);
      }
    }
  }
}
