package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.schema.Introspector;
import dev.undercroft.schema.Scope;
import dev.undercroft.sql.Folded;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a SQLite database contains, in two queries of one snapshot: SQLite keeps the statement
 * that made each thing, and that is read. What the statement was taken to say of columns is held
 * against what SQLite itself says of them. Stateless, thread-safe.
 */
public final class SqliteIntrospector implements Introspector {

  /** Names of the platform's own tables begin so. */
  private static final String PLATFORM = "undercroft_";

  /** Tables that belong to a virtual table or to SQLite itself are left out. */
  private static final String DEFINITIONS =
      """
      with shadow as materialized
        (select name from pragma_table_list where schema = 'main' and type = 'shadow')
      select m.type, m.name, m.tbl_name, m.sql
      from main.sqlite_schema m
      where m.sql is not null
        and m.tbl_name not like 'sqlite\\_%' escape '\\'
        and m.tbl_name not in (select name from shadow)
      order by m.rowid\
      """;

  private static final String COLUMNS =
      """
      select m.name, x.name
      from main.sqlite_schema m, pragma_table_xinfo(m.name) x
      where m.type = 'table' and m.sql not like 'create virtual%'
        and m.name not like 'sqlite\\_%' escape '\\'
      order by m.name, x.cid\
      """;

  @Override
  public Catalog read(Connection connection, Scope scope) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("savepoint undercroft_read");
      try {
        Catalog catalog = Contents.of(definitions(statement, scope));
        check(catalog, columns(statement));
        return catalog;
      } finally {
        statement.execute("release undercroft_read");
      }
    } catch (SQLException e) {
      throw Guest.explain(connection, e);
    }
  }

  private static List<Definition> definitions(Statement statement, Scope scope)
      throws SQLException {
    boolean whole = !scope.excludedSchemas().contains("undercroft");
    List<Definition> all = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(DEFINITIONS)) {
      while (rows.next()) {
        Definition definition =
            new Definition(
                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4));
        if (whole || !isOfPlatform(definition)) {
          all.add(definition);
        }
      }
    }
    return all;
  }

  private static boolean isOfPlatform(Definition definition) {
    return Folded.of(definition.name()).startsWith(PLATFORM)
        || Folded.of(definition.table()).startsWith(PLATFORM);
  }

  private static Map<String, List<String>> columns(Statement statement) throws SQLException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    try (ResultSet rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        all.computeIfAbsent(Folded.of(rows.getString(1)), table -> new ArrayList<>())
            .add(Folded.of(rows.getString(2)));
      }
    }
    return all;
  }

  private static void check(Catalog catalog, Map<String, List<String>> columns) {
    List<Problem> problems = new ArrayList<>();
    columns.forEach((table, names) -> {
      Optional<Shape> shape = Shape.find(catalog, table);
      if (shape.isPresent() && !shape.get().names().equals(names)) {
        problems.add(
            Problem.of(
                    "SQLITESCHEMA_NOT_UNDERSTOOD",
                    ProblemKind.INTERNAL,
                    "the columns of table %s were read as %s; SQLite says %s"
                        .formatted(table, shape.get().names(), names))
                .withRemedy("Report the definition of this table."));
      }
    });
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }
}
