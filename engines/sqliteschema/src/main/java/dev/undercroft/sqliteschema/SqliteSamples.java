package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.evolve.Samples;
import dev.undercroft.sqlite.SqliteErrors;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Sample rows in SQLite. Stateless. */
final class SqliteSamples implements Samples {

  private static final int ROWS = 2;

  @Override
  public void fill(Connection copy, Catalog catalog) throws SQLException {
    try (Statement statement = copy.createStatement()) {
      for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
        Shape shape = Shape.of(catalog, table);
        for (int row = 1; row <= ROWS && !shape.isVirtual(); row++) {
          insert(statement, shape, row);
        }
      }
      keepWhatFits(statement);
    } catch (SQLException mismatch) {
      if (!SqliteErrors.message(mismatch).startsWith("foreign key mismatch")) {
        throw mismatch;
      }
      // Such a key refers to columns that are not unique; SQLite itself cannot check it.
    }
  }

  /** Rows that break a rule are left out; foreign keys were not watched. */
  private static void insert(Statement statement, Shape table, int row) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (CatalogObject column : table.columns()) {
      if (!column.has(Attribute.GENERATED)) {
        names.add(Shape.quoted(column));
        values.add(
            switch (Affinity.of(column)) {
              case INTEGER, NUMERIC -> Integer.toString(row);
              case REAL -> row + ".5";
              case TEXT -> "'" + row + "'";
              case BLOB -> column.has(Attribute.TYPE) ? "x'0" + row + "'" : "'" + row + "'";
            });
      }
    }
    try {
      statement.execute(
          "INSERT INTO %s (%s) VALUES (%s)"
              .formatted(table.quoted(), String.join(", ", names), String.join(", ", values)));
    } catch (SQLException refused) {
      System.getLogger("undercroft.sqliteschema")
          .log(System.Logger.Level.DEBUG, SqliteErrors.message(refused), refused);
    }
  }

  private static void keepWhatFits(Statement statement) throws SQLException {
    List<String> broken = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT DISTINCT \"table\" FROM pragma_foreign_key_check ORDER BY 1")) {
      while (rows.next()) {
        broken.add(rows.getString(1));
      }
    }
    for (String table : broken) {
      statement.execute("DELETE FROM \"" + table.replace("\"", "\"\"") + "\"");
    }
    if (!broken.isEmpty()) {
      keepWhatFits(statement);
    }
  }

  @Override
  public Map<ObjectId, Long> counts(Connection copy, Catalog catalog) throws SQLException {
    Map<ObjectId, Long> counts = new TreeMap<>();
    try (Statement statement = copy.createStatement()) {
      for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
        try (ResultSet row =
            statement.executeQuery("SELECT count(*) FROM " + Shape.quoted(table))) {
          counts.put(table.id(), row.next() ? row.getLong(1) : 0);
        }
      }
    }
    return counts;
  }

  @Override
  public void empty(Connection copy, Set<ObjectId> tables) throws SQLException {
    try (Statement statement = copy.createStatement()) {
      for (ObjectId table : tables) {
        statement.execute("DELETE FROM " + Meaning.name(table.name()));
      }
    }
  }
}
