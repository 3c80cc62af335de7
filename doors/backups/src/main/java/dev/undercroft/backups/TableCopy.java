package dev.undercroft.backups;

import dev.undercroft.base.Identifier;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Copies one table with all that belongs to it from one server to another, in one transaction
 * there: sequences it owns, columns, rows, keys, checks, indexes, foreign keys both ways, triggers,
 * row policies, comments, owner and grants. One thread at a time.
 */
final class TableCopy {

  private final Connection from;
  private final Connection to;
  private final Name name;
  private final Name target;

  /** A table's name in two parts. */
  record Name(String schema, String table) {
    String quoted() {
      return new Identifier(schema).quoted() + "." + new Identifier(table).quoted();
    }

    @Override
    public String toString() {
      return schema + "." + table;
    }
  }

  TableCopy(Connection from, Connection to, Name name, Name target) {
    this.from = from;
    this.to = to;
    this.name = name;
    this.target = target;
  }

  /**
   * Copies.
   *
   * @return how many rows
   */
  long run() throws SQLException, IOException {
    execute(from, "set search_path = ''");
    TableForm form = new TableForm(from, name);
    boolean isSamePlace = name.equals(target);
    to.setAutoCommit(false);
    try {
      execute(to, "set local search_path = ''");
      execute(to, "create schema if not exists " + new Identifier(target.schema()).quoted());
      if (isSamePlace) {
        apply(form.sequences());
      }
      execute(to, form.table(target, isSamePlace));
      long rows = copyRows(form.columns());
      apply(form.constraints(target));
      apply(form.indexes(target));
      if (isSamePlace) {
        apply(form.belongings());
        applyWherePossible(form.references());
      } else {
        giveToItsOwner();
      }
      to.commit();
      return rows;
    } finally {
      to.rollback();
    }
  }

  /** A copy beside belongs to whom the table belonged to, and nobody else may use it. */
  private void giveToItsOwner() throws SQLException {
    String owner =
        "select r.rolname from pg_catalog.pg_class c"
            + " join pg_catalog.pg_namespace n on n.oid = c.relnamespace"
            + " join pg_catalog.pg_roles r on r.oid = c.relowner"
            + " where n.nspname = ? and c.relname = ?";
    for (String role : texts(from, owner, name.schema(), name.table())) {
      if (!texts(to, "select rolname from pg_catalog.pg_roles where rolname = ?", role).isEmpty()) {
        execute(
            to, "alter table " + target.quoted() + " owner to " + new Identifier(role).quoted());
      }
    }
  }

  private long copyRows(String columns) throws SQLException, IOException {
    String out = "copy " + name.quoted() + " (" + columns + ") to stdout (format binary)";
    String in = "copy " + target.quoted() + " (" + columns + ") from stdin (format binary)";
    try (PGCopyOutputStream stream =
        new PGCopyOutputStream(to.unwrap(PGConnection.class).getCopyAPI().copyIn(in), 64 * 1024)) {
      from.unwrap(PGConnection.class).getCopyAPI().copyOut(out, stream);
      return stream.endCopy();
    }
  }

  private void apply(List<String> statements) throws SQLException {
    for (String statement : statements) {
      execute(to, statement);
    }
  }

  /** A foreign key is left out when the other table is not there any more, or no longer fits. */
  private void applyWherePossible(List<String> statements) throws SQLException {
    for (String statement : statements) {
      execute(to, "savepoint one");
      try {
        execute(to, statement);
      } catch (SQLException doesNotFit) {
        execute(to, "rollback to savepoint one");
        System.getLogger("undercroft.backups")
            .log(
                System.Logger.Level.WARNING,
                "left out, because the present data does not allow it: {0} ({1})",
                statement,
                doesNotFit.getMessage());
      }
    }
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static List<String> texts(Connection connection, String query, Object... values)
      throws SQLException {
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    }
    return found;
  }

  /** Whether an ordinary table of this name is there. */
  static boolean exists(Connection connection, Name name) throws SQLException {
    return !texts(
            connection,
            """
            select c.relname from pg_catalog.pg_class c
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where n.nspname = ? and c.relname = ?
            """,
            name.schema(),
            name.table())
        .isEmpty();
  }

  static ProblemException unknown(Name name, String where) {
    return Problem.of(
            "BACKUP_TABLE_UNKNOWN",
            ProblemKind.NOT_FOUND,
            "there was no table " + name + " in " + where + " at that moment")
        .withRemedy("Write it as SCHEMA.TABLE, or choose another moment.")
        .exception();
  }
}
