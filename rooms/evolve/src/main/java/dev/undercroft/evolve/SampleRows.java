package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
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
import java.util.Set;
import java.util.TreeMap;

/** Sample rows in PostgreSQL. Stateless. */
public final class SampleRows implements Samples {

  private static final int ROWS = 2;

  /** Tables come after those they refer to, by trying again. */
  @Override
  public void fill(Connection connection, Catalog catalog) throws SQLException {
    List<ObjectId> open = new ArrayList<>(tables(catalog));
    int before = -1;
    while (!open.isEmpty() && open.size() != before) {
      before = open.size();
      List<ObjectId> failed = new ArrayList<>();
      for (ObjectId table : open) {
        if (!fill(connection, table, catalog)) {
          failed.add(table);
        }
      }
      open = failed;
    }
  }

  private static List<ObjectId> tables(Catalog catalog) {
    return catalog.ofKind(Kind.TABLE).stream()
        .filter(table -> !table.has(Attribute.PARTITION_KEY))
        .map(CatalogObject::id)
        .toList();
  }

  private static boolean fill(Connection connection, ObjectId table, Catalog catalog)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int row = 1; row <= ROWS; row++) {
        statement.execute(insert(table, catalog, row));
      }
      return true;
    } catch (SQLException refused) {
      if (String.valueOf(refused.getSQLState()).startsWith("08")) {
        throw refused;
      }
      return false;
    }
  }

  private static String insert(ObjectId table, Catalog catalog, int row) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (CatalogObject column : catalog.children(table, Kind.COLUMN)) {
      if (!column.has(Attribute.GENERATED) && !column.has(Attribute.IDENTITY)) {
        names.add(quoted(column.id().name()));
        values.add(value(column, catalog, row));
      }
    }
    return names.isEmpty()
        ? "INSERT INTO " + name(table) + " DEFAULT VALUES"
        : "INSERT INTO %s (%s) VALUES (%s)"
            .formatted(name(table), String.join(", ", names), String.join(", ", values));
  }

  private static String value(CatalogObject column, Catalog catalog, int row) {
    String type = column.get(Attribute.TYPE).replaceFirst("\\(.*\\)", "");
    return switch (type) {
      case "smallint", "integer", "bigint", "numeric", "real", "double precision" ->
          Integer.toString(row);
      case "text", "character varying", "character" -> "'" + row + "'";
      case "boolean" -> "true";
      case "date", "timestamp without time zone", "timestamp with time zone" ->
          "'2026-01-0" + row + "'";
      case "json", "jsonb" -> "'{\"a\": " + row + "}'";
      case "uuid" -> "'00000000-0000-4000-8000-00000000000" + row + "'";
      case "bytea" -> "'\\x0" + row + "'";
      default -> label(type, catalog);
    };
  }

  private static String label(String type, Catalog catalog) {
    return catalog.ofKind(Kind.ENUM).stream()
        .filter(e -> type.equals(e.id().schema() + '.' + e.id().name()))
        .flatMap(e -> e.lines(Attribute.LABELS).stream())
        .findFirst()
        .map(text -> "'" + text.replace("'", "''") + "'")
        .orElse("DEFAULT");
  }

  @Override
  public Map<ObjectId, Long> counts(Connection connection, Catalog catalog) throws SQLException {
    Map<ObjectId, Long> counts = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (ObjectId table : tables(catalog)) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM ONLY " + name(table))) {
          row.next();
          counts.put(table, row.getLong(1));
        }
      }
    }
    return counts;
  }

  @Override
  public void empty(Connection connection, Set<ObjectId> tables) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (ObjectId table : tables) {
        statement.execute("TRUNCATE " + name(table) + " CASCADE");
      }
    }
  }

  /** A digest of the rows of each table, in whatever order, and where each sequence stands. */
  static Map<String, String> digests(Connection connection, Catalog catalog) {
    Map<String, String> digests = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (ObjectId table : tables(catalog)) {
        String query =
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY"
                + " md5(t::text))), '') FROM ONLY %s t".formatted(name(table));
        try (ResultSet row = statement.executeQuery(query)) {
          row.next();
          digests.put(table.toString(), row.getString(1));
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT format('sequence %I.%I', schemaname, sequencename),"
                  + " coalesce(last_value, 0) FROM pg_sequences")) {
        while (row.next()) {
          digests.put(row.getString(1), row.getString(2));
        }
      }
      return digests;
    } catch (SQLException e) {
      throw Problem.of("EVOLVE_NOT_TRIED", ProblemKind.EXTERNAL, "the scratch server went away")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that it runs, and repeat the command.")
          .exception(e);
    }
  }

  private static String name(ObjectId id) {
    return quoted(id.schema()) + '.' + quoted(id.name());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
