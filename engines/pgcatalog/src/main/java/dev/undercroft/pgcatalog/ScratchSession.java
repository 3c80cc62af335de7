package dev.undercroft.pgcatalog;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.pgcatalog.PostgresScratchServer.Connections;
import dev.undercroft.schema.ScratchServer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Scratch databases of one process on a running server, made and dropped over one connection. Their
 * names hold a number that this connection keeps locked, so that whoever comes next sees whose
 * process is gone, and drops what it left. Thread-safe.
 */
public final class ScratchSession implements ScratchServer, AutoCloseable {

  /** The first half of the advisory lock's key: four letters of the product's name. */
  private static final int LOCK = 0x75637274;

  private static final String PREFIX = "undercroft_scratch_";
  private static final String ORPHANS =
      """
      select d.datname from pg_catalog.pg_database d
      where d.datname ~ '^undercroft_scratch_[0-9a-f]{8}_[0-9]+$'
        and pg_catalog.pg_has_role(d.datdba, 'USAGE')
        and not exists (select from pg_catalog.pg_locks l
          where l.locktype = 'advisory' and l.classid = %d and l.granted
            and lpad(to_hex(l.objid::bigint), 8, '0') = substr(d.datname, 20, 8))
      """
          .formatted(LOCK);

  private final Connections connections;
  private final Connection admin;
  private final String token;
  private final Map<String, Connection> open = new HashMap<>();
  private int made;

  private ScratchSession(Connections connections, Connection admin, String token) {
    this.connections = connections;
    this.admin = admin;
    this.token = token;
  }

  /**
   * Connects to the server, and drops what dead processes left there.
   *
   * @throws dev.undercroft.base.ProblemException if the server refuses
   */
  public static ScratchSession open(Connections connections) {
    int number = new SecureRandom().nextInt();
    try {
      Connection admin = connections.open("");
      try (Statement statement = admin.createStatement()) {
        statement.execute("select pg_catalog.pg_advisory_lock(%d, %d)".formatted(LOCK, number));
        for (String orphan : orphans(statement)) {
          dropOrphan(statement, orphan, connections);
        }
      }
      return new ScratchSession(connections, admin, "%08x".formatted(number));
    } catch (SQLException e) {
      throw noScratch(e);
    }
  }

  private static List<String> orphans(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(ORPHANS)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  /** Somebody else may be dropping it at the same moment. */
  private static void dropOrphan(Statement statement, String name, Connections connections) {
    try {
      ScratchDrop.run(statement, name, connections);
    } catch (SQLException e) {
      System.getLogger("undercroft.pgcatalog")
          .log(System.Logger.Level.DEBUG, () -> "left the scratch database " + name, e);
    }
  }

  @Override
  public Scratch create() {
    String name = make();
    try {
      Connection connection = connections.open(name);
      synchronized (this) {
        open.put(name, connection);
      }
      return new Database(this, name, connection);
    } catch (SQLException e) {
      throw noScratch(e);
    }
  }

  private synchronized String make() {
    String name = PREFIX + token + '_' + ++made;
    try (Statement statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " TEMPLATE template0");
      return name;
    } catch (SQLException e) {
      throw noScratch(e);
    }
  }

  static RuntimeException noScratch(SQLException e) {
    return Problem.of(
            "PGCATALOG_NO_SCRATCH",
            ProblemKind.EXTERNAL,
            "no scratch database could be made on the server")
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy(
            "Let an administrator run ALTER ROLE … CREATEDB for the user of --scratch, or leave"
                + " --scratch away to use the embedded server.")
        .exception(e);
  }

  private synchronized void drop(String name) {
    Connection connection = open.remove(name);
    if (connection == null) {
      return;
    }
    try (Statement statement = admin.createStatement()) {
      connection.close();
      ScratchDrop.run(statement, name, connections);
    } catch (SQLException e) {
      throw left(name, e);
    }
  }

  static RuntimeException left(String name, SQLException e) {
    return Problem.of(
            "PGCATALOG_SCRATCH_LEFT",
            ProblemKind.EXTERNAL,
            "the scratch database " + name + " could not be dropped")
        .withDetail(String.valueOf(e.getMessage()))
        .withRemedy("Drop it by hand: DROP DATABASE " + name + " WITH (FORCE).")
        .exception(e);
  }

  /** Drops what is left and disconnects. A second call does nothing. */
  @Override
  public synchronized void close() {
    try (Connection last = admin) {
      if (!last.isClosed()) {
        List.copyOf(open.keySet()).forEach(this::drop);
      }
    } catch (SQLException e) {
      System.getLogger("undercroft.pgcatalog")
          .log(System.Logger.Level.DEBUG, "the scratch server went away first", e);
    }
  }

  private record Database(ScratchSession session, String name, Connection connection)
      implements Scratch {
    @Override
    public void close() {
      session.drop(name);
    }
  }
}
