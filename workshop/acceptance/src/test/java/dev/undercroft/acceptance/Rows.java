package dev.undercroft.acceptance;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Puts rows into the tables of a database as far as their rules allow, and counts them. */
final class Rows {

  private static final int ROWS = 3;

  private Rows() {}

  static void fill(Connection connection, Catalog catalog) throws SQLException {
    List<CatalogObject> tables = new ArrayList<>(catalog.ofKind(Kind.TABLE));
    tables.removeIf(table -> table.has(Attribute.PARTITION_KEY));
    for (int round = 0; round < 3; round++) {
      for (CatalogObject table : tables) {
        if (count(connection, table.id()) == 0) {
          for (int row = 1; row <= ROWS; row++) {
            insert(connection, table.id(), catalog, row);
          }
        }
      }
    }
  }

  private static void insert(Connection connection, ObjectId table, Catalog catalog, int row) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (CatalogObject column : catalog.children(table, Kind.COLUMN)) {
      if (!column.has(Attribute.GENERATED) && !column.is(Attribute.IDENTITY, "ALWAYS")) {
        names.add(quoted(column.id().name()));
        values.add(value(column, catalog, row));
      }
    }
    String sql =
        names.isEmpty()
            ? "INSERT INTO %s DEFAULT VALUES".formatted(name(table))
            : "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(name(table), String.join(", ", names), String.join(", ", values));
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException refused) {
      // A row that the table's own rules refuse is none that a plan must keep.
      return;
    }
  }

  private static String value(CatalogObject column, Catalog catalog, int row) {
    String type = column.get(Attribute.TYPE);
    String bare = type.replaceFirst("\\(.*\\)", "");
    if (bare.endsWith("[]")) {
      return "NULL";
    }
    return switch (bare) {
      case "smallint", "integer", "bigint", "numeric", "real", "double precision" ->
          Integer.toString(row);
      case "text", "character varying", "public.citext" -> "'" + row + "'";
      case "character" -> "'" + row + "'";
      case "boolean" -> row % 2 == 0 ? "true" : "false";
      case "date", "timestamp without time zone", "timestamp with time zone" ->
          "'2026-01-0" + row + "'";
      case "json", "jsonb" -> "'{\"a\": " + row + "}'";
      case "uuid" -> "'00000000-0000-0000-0000-00000000000" + row + "'";
      case "bytea" -> "'\\x0" + row + "'";
      case "interval" -> "'" + row + " days'";
      default -> label(bare, catalog);
    };
  }

  private static String label(String type, Catalog catalog) {
    return catalog.ofKind(Kind.ENUM).stream()
        .filter(e -> type.equals(e.id().schema() + '.' + e.id().name()))
        .flatMap(e -> e.lines(Attribute.LABELS).stream())
        .findFirst()
        .orElse("DEFAULT");
  }

  /** How many rows each table has, partitioned ones left out. */
  static Map<ObjectId, Long> counts(Connection connection, Catalog catalog) throws SQLException {
    Map<ObjectId, Long> counts = new TreeMap<>();
    for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
      if (!table.has(Attribute.PARTITION_KEY)) {
        counts.put(table.id(), count(connection, table.id()));
      }
    }
    return counts;
  }

  /** How many rows the table itself has; -1 when it is not there. */
  static long count(Connection connection, ObjectId table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM ONLY " + name(table))) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException gone) {
      if ("42P01".equals(gone.getSQLState()) || "3F000".equals(gone.getSQLState())) {
        return -1;
      }
      throw gone;
    }
  }

  /** The file of each table and index. */
  static Map<String, Long> files(Connection connection) throws SQLException {
    Map<String, Long> files = new TreeMap<>();
    String query =
        "SELECT n.nspname || '.' || relname, relfilenode FROM pg_class c"
            + " JOIN pg_namespace n ON n.oid = relnamespace WHERE c.oid >= 16384 AND relkind IN ('r', 'i', 'm') AND relnamespace <> 99";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        files.put(rows.getString(1), rows.getLong(2));
      }
    }
    return files;
  }

  static String name(ObjectId id) {
    return quoted(id.schema()) + '.' + quoted(id.name());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
