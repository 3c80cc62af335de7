package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What a database says of itself. */
final class Facts {

  private Facts() {}

  static void execute(Connection database, String script) throws SQLException {
    try (Statement statement = database.createStatement()) {
      for (var one : Script.read(new SqlSource("rows", script), Dialect.SQLITE).statements()) {
        statement.execute(one.text());
      }
    }
  }

  static List<String> query(Connection database, String sql) throws SQLException {
    List<String> all = new ArrayList<>();
    try (Statement statement = database.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        StringJoiner row = new StringJoiner("|");
        for (int i = 1; i <= columns; i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        all.add(row.toString());
      }
    }
    return all;
  }

  /** Columns, keys and indexes as the pragmas tell them, in small letters. */
  static List<String> pragmas(Connection database) throws SQLException {
    String tables =
        "(select name, type, wr, strict from pragma_table_list where schema = 'main' and type in"
            + " ('table', 'virtual') and name not like 'sqlite%') t";
    List<String> all = new ArrayList<>();
    all.addAll(query(database, "select name, type, wr, strict from " + tables));
    all.addAll(
        query(
            database,
            "select t.name, c.name, c.type, c.\"notnull\", trim(c.dflt_value, '()'), c.pk, c.hidden"
                + " from "
                + tables
                + ", pragma_table_xinfo(t.name) c"));
    all.addAll(
        query(
            database,
            "select t.name, f.\"table\", f.seq, f.\"from\", f.on_update, f.on_delete from "
                + tables
                + ", pragma_foreign_key_list(t.name) f"));
    all.addAll(
        query(
            database,
            "select t.name, i.\"unique\", i.origin, i.partial, x.seqno, x.name, x.\"desc\", x.coll"
                + " from "
                + tables
                + ", pragma_index_list(t.name) i, pragma_index_xinfo(i.name) x where t.type ="
                + " 'table'"));
    all.addAll(
        query(database, "select type, name, tbl_name from sqlite_schema where sql is not null"));
    return all.stream()
        .map(line ->
            Folded.of(line).replace('"', '\'').replaceAll("\\s+\\(", "(").replaceAll(", ", ","))
        .filter(line -> !line.contains("sqlite_sequence"))
        .sorted()
        .toList();
  }

  /** For each column its values, in an order of their own; the rowid too where nothing keeps it. */
  static Map<String, List<String>> rows(Connection database, Catalog catalog) throws SQLException {
    Map<String, List<String>> rows = new TreeMap<>();
    for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
      Shape shape = Shape.of(catalog, table);
      List<String> names =
          new ArrayList<>(
              shape.isVirtual() && !VirtualTable.isMirror(shape)
                  ? VirtualTable.columns(shape)
                  : List.of());
      shape.columns().stream()
          .filter(column -> !column.has(Attribute.GENERATED))
          .forEach(column -> names.add(column.id().name()));
      for (String name : names) {
        List<String> values =
            query(
                database,
                "SELECT %1$s FROM %2$s ORDER BY 1".formatted(Meaning.name(name), shape.quoted()));
        rows.put("column " + shape.name() + "." + name, values);
      }
    }
    return rows;
  }
}
