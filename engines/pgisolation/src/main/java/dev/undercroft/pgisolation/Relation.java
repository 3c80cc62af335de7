package dev.undercroft.pgisolation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table or view as the intruder meets it. Immutable.
 *
 * @param name with its schema, for people: {@code public.users}
 * @param sql the same for SQL
 * @param kind the letter of {@code pg_class.relkind}
 * @param isPartition whether it is a part of another table
 * @param columns in their order
 * @param links foreign keys and unique keys
 * @param policies its row policies
 */
record Relation(
    String name,
    String sql,
    char kind,
    boolean isPartition,
    List<Column> columns,
    Links links,
    List<Policy> policies) {

  /** One column; {@code may} holds the letters r, a and w for select, insert and update. */
  record Column(String name, Type type, Origin origin, String may) {
    boolean readable() {
      return may.indexOf('r') >= 0;
    }

    boolean insertable() {
      return may.indexOf('a') >= 0 && !origin.generated();
    }

    boolean updatable() {
      return may.indexOf('w') >= 0 && !origin.generated();
    }

    String sql() {
      return Rows.name(name);
    }
  }

  /** Type in SQL, the name of its base type, its kind, and the first value of an enumeration. */
  record Type(String sql, String base, char kind, char category, String first) {}

  /** Where a value comes from when none is given, and whether nobody can guess it. */
  record Origin(
      boolean required, boolean defaulted, boolean generated, boolean identity, boolean random) {}

  /** Keys. */
  record Links(List<String> primary, List<Foreign> foreign, List<Unique> unique) {}

  /** A foreign key. */
  record Foreign(String name, List<String> columns, String target, List<String> targets) {}

  /** A unique key or index over these columns. */
  record Unique(String name, List<String> columns) {}

  /** A row policy; {@code command} is r, a, w, d or *. */
  record Policy(String name, char command, String using, String check) {}

  boolean isTable() {
    return kind == 'r' || kind == 'p';
  }

  Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
  }

  /** The columns that the intruder may read, for a select list; empty text when none. */
  String readable() {
    return columns.stream()
        .filter(Column::readable)
        .map(Column::sql)
        .collect(Collectors.joining(", "));
  }

  boolean isPrimary(String column) {
    return links.primary().contains(column);
  }
}
