package dev.undercroft.sqliteschema;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.SqliteAddress;
import dev.undercroft.access.SqliteAddress.Mode;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.evolve.Databases;
import dev.undercroft.schema.ScratchServer.Scratch;
import dev.undercroft.sqlite.SqliteConnections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Databases of SQLite by their URLs, and databases in memory beside them. Thread-safe. */
public final class SqliteDatabases implements Databases {

  /** Above this many bytes a plan is tried on a copy of the schema alone. */
  private static final long LARGE = 1L << 30;

  private final Optional<Replays> replays;

  /**
   * Nothing is opened yet.
   *
   * @param replays where what migrations give is kept
   */
  public SqliteDatabases(Optional<Replays> replays) {
    this.replays = replays;
  }

  private static SqliteAddress address(String url) {
    return switch (DatabaseUrl.parse(url, Path.of("").toAbsolutePath())) {
      case SqliteAddress sqlite -> sqlite;
      default -> throw new IllegalArgumentException("not an address of SQLite");
    };
  }

  /** For reading; a file that is not there is not made. */
  @Override
  public Connection open(String url) {
    SqliteAddress address = address(url);
    Mode mode = address.mode() == Mode.MEMORY ? Mode.MEMORY : Mode.READ_ONLY;
    return SqliteConnections.ofGuest(
            new SqliteAddress(
                address.file(), mode, address.busyTimeout(), address.connectionLimit()))
        .open();
  }

  @Override
  public Connection openToChange(String url) {
    return SqliteConnections.ofGuest(address(url)).open();
  }

  @Override
  public Scratches scratches(Optional<String> url, int major) {
    return new InMemory();
  }

  @Override
  public Optional<Replays> replays() {
    return replays;
  }

  @Override
  public Optional<Scratch> copy(String url) {
    SqliteAddress address = address(url);
    if (address.mode() == Mode.MEMORY || !Files.exists(address.file())) {
      return Optional.empty();
    }
    try (Connection connection = open(url)) {
      return size(connection) > LARGE ? Optional.empty() : Optional.of(copied(connection));
    } catch (SQLException e) {
      throw Guest.refused("no copy of " + address.display() + " can be made", e);
    } catch (IOException e) {
      throw Problem.of(
              "SQLITESCHEMA_NO_COPY",
              ProblemKind.EXTERNAL,
              "no copy of " + address.display() + " can be made")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Free space in the folder for temporary files, or add --no-proof.")
          .exception(e);
    }
  }

  private static long size(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select page_count * page_size from pragma_page_count(), pragma_page_size()")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static Scratch copied(Connection connection) throws SQLException, IOException {
    Path folder = Files.createTempDirectory("undercroft-copy");
    Path file = folder.resolve("copy.db");
    boolean open = false;
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("vacuum into " + Meaning.literal(file.toString()));
      }
      Connection copy = DriverManager.getConnection("jdbc:sqlite:" + file);
      try (Statement statement = copy.createStatement()) {
        statement.execute("pragma synchronous = off");
      }
      open = true;
      return new Copy(copy, folder);
    } finally {
      if (!open) {
        delete(folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String name : new String[] {"copy.db", "copy.db-journal", "copy.db-wal", "copy.db-shm"}) {
      Files.deleteIfExists(folder.resolve(name));
    }
    Files.deleteIfExists(folder);
  }

  /** A copy in a file that is deleted with it. */
  private record Copy(Connection connection, Path folder) implements Scratch {
    @Override
    public void close() {
      try {
        connection.close();
        delete(folder);
      } catch (SQLException | IOException e) {
        throw Problem.of("SQLITESCHEMA_COPY_LEFT", ProblemKind.EXTERNAL, "a copy is left behind")
            .withDetail(String.valueOf(e.getMessage()))
            .withRemedy("Delete the folder " + folder + ".")
            .exception(e);
      }
    }
  }

  /** Databases in memory, which end with their connections. */
  private static final class InMemory implements Scratches {
    private final Queue<Connection> open = new ConcurrentLinkedQueue<>();

    @Override
    public Scratch create() {
      try {
        Connection connection = Memory.open();
        open.add(connection);
        return new InConnection(connection);
      } catch (SQLException e) {
        throw Guest.refused("no database can be made in memory", e);
      }
    }

    @Override
    public void close() {
      for (Connection connection = open.poll(); connection != null; connection = open.poll()) {
        InConnection.close(connection);
      }
    }
  }

  private record InConnection(Connection connection) implements Scratch {
    @Override
    public void close() {
      close(connection);
    }

    static void close(Connection connection) {
      try {
        connection.close();
      } catch (SQLException e) {
        throw Guest.refused("a database in memory cannot be closed", e);
      }
    }
  }
}
