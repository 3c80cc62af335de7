package dev.undercroft.pgaudit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a log's table looks like. Immutable.
 *
 * @param table its name for SQL
 * @param key an expression that gives the primary key as text
 * @param time the column that says when an entry was written
 * @param columns names, and expressions that give the values as text in one form, whatever the
 *     session's settings
 */
record LogShape(String table, String key, Optional<String> time, List<Column> columns) {

  /** A column. */
  record Column(String name, String text) {}

  private static final String COLUMNS =
      """
      select a.attname, quote_ident(a.attname), t.typname,
             coalesce((select a.attnum = any (i.indkey) from pg_index i where i.indrelid = a.attrelid and i.indisprimary), false),
             a.attrelid::regclass::text
        from pg_attribute a join pg_type t on t.oid = a.atttypid
       where a.attrelid = to_regclass(?) and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  /**
   * Looks at a table.
   *
   * @return nothing when there is none, or it has no primary key
   */
  static Optional<LogShape> of(Connection connection, String table) throws SQLException {
    List<Column> columns = new ArrayList<>();
    List<String> key = new ArrayList<>();
    Optional<String> time = Optional.empty();
    String name = "";
    try (PreparedStatement query = connection.prepareStatement(COLUMNS)) {
      query.setString(1, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          String column = rows.getString(2);
          String type = rows.getString(3);
          columns.add(new Column(rows.getString(1), text(column, type)));
          if (rows.getBoolean(4)) {
            key.add("a." + column + "::text");
          }
          if (time.isEmpty() && type.startsWith("timestamp")) {
            time = Optional.of(column);
          }
          name = rows.getString(5);
        }
      }
    }
    if (key.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new LogShape(name, String.join(" || ' ' || ", key), time, List.copyOf(columns)));
  }

  /** Times as microseconds: their text would depend on the session's time zone. */
  private static String text(String column, String type) {
    return type.startsWith("timestamp")
        ? "(extract(epoch from a." + column + ") * 1000000)::bigint::text"
        : "a." + column + "::text";
  }

  /** What selects entries: key, time in microseconds, then the columns; from the table as a. */
  String select() {
    return columns.stream()
        .map(Column::text)
        .collect(
            Collectors.joining(
                ", ",
                "select "
                    + key
                    + ", "
                    + time.map(column -> "(extract(epoch from a." + column + ") * 1000000)::bigint")
                        .orElse("null::bigint")
                    + ", ",
                " from " + table + " a"));
  }

  /** The order in which entries were written, as far as they tell. */
  String order() {
    return time.map(column -> "a." + column + ", ").orElse("") + key;
  }
}
