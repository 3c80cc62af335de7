package dev.undercroft.pgisolation;

import dev.undercroft.pgisolation.Relation.Column;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of one tenant, one in each table, which refer to each other and to no one else's. Every
 * value that can carry one carries a mark, by which it is known wherever it turns up. Filled while
 * rows are planted, not thread-safe.
 */
final class World {

  /** The rows of whom is attacked. */
  static final int VICTIM = 1;

  /** The rows of the attacker. */
  static final int INTRUDER = 2;

  /** Rows that the attacker makes up. */
  static final int INVENTED = 3;

  private final int number;
  private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

  World(int number) {
    this.number = number;
  }

  Map<String, Map<String, String>> rows() {
    return rows;
  }

  Optional<Map<String, String>> row(String table) {
    return Optional.ofNullable(rows.get(table));
  }

  /** The value of a planted row as an SQL expression; null where there is none. */
  String value(String table, String column) {
    return row(table).map(row -> row.getOrDefault(column, "null")).orElse("null");
  }

  /** A uuid that carries this world's mark. */
  String uuid(int place) {
    return uuid(number, place);
  }

  static String uuid(int world, int place) {
    return "%1$d7c1%1$d7c1-0000-4000-8000-%2$012d".formatted(world, place);
  }

  /** A word that carries this world's mark. */
  String word(int place) {
    return "uc%dx%04d".formatted(number, place);
  }

  /** A number that carries this world's mark. */
  int figure(int place) {
    return 7_0000_0000 + number * 1_000_000 + place;
  }

  /** A marked value of the column's type, as an SQL expression; empty when there is none. */
  Optional<String> marked(Column column, int place) {
    String type = column.type().sql();
    String text =
        switch (column.type().base()) {
          case "text", "varchar", "bpchar", "citext", "name" -> word(place);
          case "uuid" -> uuid(place);
          case "int4", "int8", "oid" -> String.valueOf(figure(place));
          case "json", "jsonb" -> "{\"mark\": \"" + word(place) + "\"}";
          case "_text", "_varchar" -> "{" + word(place) + "}";
          case "bytea" -> word(place);
          case "xml" -> "<m>" + word(place) + "</m>";
          default -> "";
        };
    return text.isEmpty() ? Optional.empty() : Optional.of(Rows.literal(text) + "::" + type);
  }

  /** Some value of the column's type, as an SQL expression; {@code default} when none is known. */
  static String some(Column column) {
    String type = column.type().sql();
    if (column.type().kind() == 'e') {
      return Rows.literal(column.type().first()) + "::" + type;
    }
    return switch (column.type().base()) {
      case "bool" -> "false";
      case "int2", "numeric", "float4", "float8", "money" -> "1::" + type;
      case "timestamptz", "timestamp", "date" -> "(now() + interval '1 day')::" + type;
      case "time", "timetz" -> "'12:00'::" + type;
      case "interval" -> "'1 day'::" + type;
      case "inet", "cidr" -> "'192.0.2.1'::" + type;
      case "macaddr" -> "'08:00:2b:01:02:03'::" + type;
      case "tsvector" -> "''::" + type;
      case "point" -> "'(0,0)'::" + type;
      default ->
          switch (column.type().category()) {
            case 'A' -> "'{}'::" + type;
            case 'R' -> "'empty'::" + type;
            case 'V' -> "'0'::" + type;
            default -> "default";
          };
    };
  }
}
