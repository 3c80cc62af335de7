package dev.undercroft.pgaudit;

import dev.undercroft.audit.Archived;
import dev.undercroft.audit.Leaf;
import dev.undercroft.audit.LogEntry;
import dev.undercroft.audit.Seal;
import dev.undercroft.audit.SealedLog;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table that is a log, with its seals in the platform's schema. Entries are read without their
 * order in the table meaning anything. Not thread-safe; the connection stays the caller's.
 */
public final class PostgresLog implements SealedLog {

  private final Connection connection;
  private final String name;
  private final LogShape shape;

  private PostgresLog(Connection connection, String name, LogShape shape) {
    this.connection = connection;
    this.name = name;
    this.shape = shape;
  }

  /**
   * Opens a log.
   *
   * @param connection of a role that sees every entry; in auto-commit mode
   * @param project whose log it is: seals of several projects may stand in one file
   * @param table the log's table, with or without its schema
   * @return nothing when there is no such table
   * @throws ProblemException if the server refuses
   */
  public static Optional<PostgresLog> open(Connection connection, String project, String table) {
    try {
      return LogShape.of(connection, table)
          .map(shape -> new PostgresLog(connection, project + "." + table, shape));
    } catch (SQLException failure) {
      throw failed(table, failure);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<LogEntry> unsealed(int most) {
    return select(
        " where not exists (select from undercroft.audit_leaf l where l.log = ? and l.entry = "
            + shape.key()
            + ") order by "
            + shape.order()
            + " limit "
            + most,
        name);
  }

  @Override
  public long open() {
    String sql =
        "select count(*) from "
            + shape.table()
            + " a where not exists (select from undercroft.audit_leaf l where l.log = ? and l.entry = "
            + shape.key()
            + ")";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  @Override
  public List<LogEntry> unsealedBefore(Instant moment) {
    if (shape.time().isEmpty()) {
      return List.of();
    }
    return select(
        " where not exists (select from undercroft.audit_leaf l where l.log = ? and l.entry = "
            + shape.key()
            + ") and extract(epoch from a."
            + shape.time().get()
            + ") < "
            + moment.getEpochSecond()
            + " order by "
            + shape.order(),
        name);
  }

  @Override
  public Optional<Seal> last() {
    return seals("order by number desc limit 1").stream().findFirst();
  }

  @Override
  public List<Seal> seals() {
    return seals("order by number");
  }

  private List<Seal> seals(String order) {
    String sql =
        "select number, first, entries, root, previous, sealed_at, key, signature"
            + " from undercroft.audit_seal where log = ? "
            + order;
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      List<Seal> seals = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          seals.add(
              new Seal(
                  name,
                  row.getLong(1),
                  row.getLong(2),
                  row.getInt(3),
                  row.getString(4),
                  row.getString(5),
                  row.getTimestamp(6).toInstant(),
                  row.getString(7),
                  row.getString(8)));
        }
      }
      return seals;
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  @Override
  public List<Leaf> leaves(Seal seal) {
    String sql =
        "select place, entry, hash from undercroft.audit_leaf"
            + " where log = ? and place >= ? and place < ? order by place";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, name);
      query.setLong(2, seal.first());
      query.setLong(3, seal.next());
      List<Leaf> leaves = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          leaves.add(new Leaf(row.getLong(1), row.getString(2), row.getString(3)));
        }
      }
      return leaves;
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  @Override
  public Map<String, LogEntry> entries(List<String> keys) {
    Map<String, LogEntry> entries = new HashMap<>();
    try {
      Array wanted = connection.createArrayOf("text", keys.toArray());
      select(" where " + shape.key() + " = any (?)", wanted)
          .forEach(entry -> entries.put(entry.key(), entry));
      return entries;
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  /** The newest entries in which a text occurs, in whatever column. */
  public List<LogEntry> search(String text, int most) {
    return select(
        " where strpos(lower(a::text), lower(?)) > 0 order by "
            + shape.time().map(column -> "a." + column + " desc, ").orElse("")
            + shape.key()
            + " desc limit "
            + most,
        text);
  }

  private List<LogEntry> select(String rest, Object parameter) {
    try (PreparedStatement query = connection.prepareStatement(shape.select() + rest)) {
      query.setObject(1, parameter);
      List<LogEntry> entries = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          entries.add(entry(row));
        }
      }
      return entries;
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  private LogEntry entry(ResultSet row) throws SQLException {
    SortedMap<String, String> columns = new TreeMap<>();
    for (int at = 0; at < shape.columns().size(); at++) {
      String value = row.getString(at + 3);
      if (value != null) {
        columns.put(shape.columns().get(at).name(), value);
      }
    }
    long micros = row.getLong(2);
    Optional<Instant> time =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    return new LogEntry(row.getString(1), time, columns);
  }

  @Override
  public void keep(Seal seal, List<Leaf> leaves) {
    try {
      connection.setAutoCommit(false);
      try {
        insert(seal);
        insert(leaves);
        connection.commit();
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  private void insert(Seal seal) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into undercroft.audit_seal values (?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, name);
      insert.setLong(2, seal.number());
      insert.setLong(3, seal.first());
      insert.setInt(4, seal.entries());
      insert.setString(5, seal.root());
      insert.setString(6, seal.previous());
      insert.setTimestamp(7, Timestamp.from(seal.at()));
      insert.setString(8, seal.key());
      insert.setString(9, seal.signature());
      insert.executeUpdate();
    }
  }

  private void insert(List<Leaf> leaves) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("insert into undercroft.audit_leaf values (?, ?, ?, ?)")) {
      for (Leaf leaf : leaves) {
        insert.setString(1, name);
        insert.setLong(2, leaf.place());
        insert.setString(3, leaf.key());
        insert.setString(4, leaf.hash());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  @Override
  public List<Archived> archived() {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select through, sha256, archived_at, signature from undercroft.audit_archive"
                + " where log = ? order by through")) {
      query.setString(1, name);
      List<Archived> archived = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          archived.add(
              new Archived(
                  name,
                  row.getLong(1),
                  row.getString(2),
                  row.getTimestamp(3).toInstant(),
                  row.getString(4)));
        }
      }
      return archived;
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  @Override
  public void keep(Archived archived) {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into undercroft.audit_archive values (?, ?, ?, ?, ?)")) {
      insert.setString(1, name);
      insert.setLong(2, archived.through());
      insert.setString(3, archived.sha256());
      insert.setTimestamp(4, Timestamp.from(archived.at()));
      insert.setString(5, archived.signature());
      insert.executeUpdate();
    } catch (SQLException failure) {
      throw failed(name, failure);
    }
  }

  static ProblemException failed(String log, SQLException failure) {
    return Problem.of("AUDIT_LOG", ProblemKind.EXTERNAL, "the log " + log + " cannot be used")
        .withDetail(String.valueOf(failure.getMessage()))
        .withRemedy(
            "If another process sealed it at this moment, run the command again; else see the detail.")
        .exception(failure);
  }
}
