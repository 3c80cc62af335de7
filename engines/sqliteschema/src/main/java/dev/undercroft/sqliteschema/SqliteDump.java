package dev.undercroft.sqliteschema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.schema.Scope;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Writes a SQLite database down as SQL that the shell {@code sqlite3} restores, as of one moment:
 * tables with their rows, virtual tables, what AUTOINCREMENT has reached, indexes, views, triggers.
 * Used once.
 */
public final class SqliteDump {

  private static final int ROWS = 200;
  private static final int CHARACTERS = 100_000;

  private final Supplier<Connection> connections;
  private final Choice choice;
  private final Progress progress;

  /**
   * What is dumped.
   *
   * @param tables only these tables with what is theirs; {@code *} stands for any letters. Empty
   *     means everything
   * @param schemaOnly whether rows are left out
   */
  public record Choice(List<String> tables, boolean schemaOnly) {
    /** Copies the list. */
    public Choice {
      tables = List.copyOf(tables);
    }
  }

  /**
   * What was written.
   *
   * @param tables how many tables
   * @param rows how many rows
   * @param bytes how many bytes
   */
  public record Written(int tables, long rows, long bytes) {}

  /**
   * Nothing is opened yet.
   *
   * @param connections opens a connection to the database, outside of a transaction
   * @param choice what is dumped
   * @param progress hears of each table
   */
  public SqliteDump(Supplier<Connection> connections, Choice choice, Progress progress) {
    this.connections = connections;
    this.choice = choice;
    this.progress = progress;
  }

  /**
   * Writes one file. A file of that name is replaced when the dump is complete.
   *
   * @throws ProblemException if the database cannot be read whole or the file not be written
   */
  public Written toFile(Path file) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try (Connection connection = connections.get();
        Statement statement = connection.createStatement()) {
      try {
        statement.execute("begin");
        Written written = write(connection, unfinished);
        statement.execute("rollback");
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        return written;
      } catch (SQLException e) {
        throw Guest.explain(connection, e);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (SQLException e) {
      throw Guest.refused("the database cannot be read", e);
    } catch (IOException e) {
      throw Problem.of(
              "SQLITESCHEMA_NOT_WRITTEN", ProblemKind.EXTERNAL, "the dump could not be written")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Name a place that exists, is writable and has room.")
          .exception(e);
    }
  }

  private Written write(Connection connection, Path file) throws IOException, SQLException {
    Scope everything = new Scope(List.of(), List.of(), false);
    Catalog catalog = new SqliteIntrospector().read(connection, everything);
    Set<ObjectId> chosen = chosen(catalog);
    long rows = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file);
        Statement statement = connection.createStatement()) {
      head(out, statement);
      List<Shape> tables =
          catalog.ofKind(Kind.TABLE).stream()
              .filter(table -> chosen.contains(table.id()))
              .map(table -> Shape.of(catalog, table))
              .sorted((one, other) -> Boolean.compare(one.isVirtual(), other.isVirtual()))
              .toList();
      for (int at = 0; at < tables.size(); at++) {
        rows += table(out, statement, tables.get(at));
        progress.report(tables.get(at).table().id().toString(), at + 1, tables.size());
      }
      sequences(out, statement, tables);
      rest(out, catalog, chosen);
      out.write("COMMIT;\n-- complete\n");
      out.flush();
      return new Written(tables.size(), rows, Files.size(file));
    }
  }

  private Set<ObjectId> chosen(Catalog catalog) {
    Set<ObjectId> chosen = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (String pattern : choice.tables()) {
      Pattern regex = Pattern.compile(regex(pattern), Pattern.CASE_INSENSITIVE);
      List<ObjectId> fitting =
          catalog.ofKind(Kind.TABLE).stream()
              .map(CatalogObject::id)
              .filter(id -> regex.matcher(id.name()).matches())
              .toList();
      chosen.addAll(fitting);
      if (fitting.isEmpty()) {
        problems.add(
            Problem.of("SQLITESCHEMA_NO_TABLE", ProblemKind.INPUT, "no table is called " + pattern)
                .withRemedy("Write its name; * stands for any letters."));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    if (choice.tables().isEmpty()) {
      catalog.ofKind(Kind.TABLE).forEach(table -> chosen.add(table.id()));
    }
    return chosen;
  }

  private static String regex(String pattern) {
    return "\\Q" + pattern.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E";
  }

  private static void head(Writer out, Statement statement) throws IOException, SQLException {
    out.write("-- SQLite; restore with sqlite3 FILE < DUMP\n");
    out.write("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n");
    for (String pragma : List.of("application_id", "user_version")) {
      try (ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
        if (row.next() && row.getLong(1) != 0) {
          out.write("PRAGMA %s=%d;\n".formatted(pragma, row.getLong(1)));
        }
      }
    }
  }

  private long table(Writer out, Statement statement, Shape table)
      throws IOException, SQLException {
    out.write(table.table().get(Attribute.WRITTEN) + ";\n");
    if (choice.schemaOnly()) {
      return 0;
    }
    if (VirtualTable.isMirror(table)) {
      out.write(VirtualTable.refill(table).sql() + ";\n");
      return 0;
    }
    if (table.isVirtual() && VirtualTable.isContentless(table)) {
      throw Problem.of(
              "SQLITESCHEMA_NO_CONTENT",
              ProblemKind.CONFLICT,
              table.table().id() + " keeps no texts that could be read back")
          .withRemedy("Leave it out: name the other tables with --table, or give --schema-only.")
          .exception();
    }
    return rows(out, statement, table);
  }

  private static long rows(Writer out, Statement statement, Shape table)
      throws IOException, SQLException {
    List<String> names = names(statement, table);
    String list = String.join(", ", names);
    String into = "INSERT INTO %s (%s) VALUES\n".formatted(table.quoted(), list);
    long count = 0;
    int length = 0;
    try (ResultSet rows =
        statement.executeQuery("SELECT %s FROM %s".formatted(list, table.quoted()))) {
      while (rows.next()) {
        StringBuilder row = new StringBuilder("(");
        for (int i = 1; i <= names.size(); i++) {
          row.append(i == 1 ? "" : ", ").append(Literals.of(rows, i));
        }
        boolean begins = count % ROWS == 0 || length > CHARACTERS;
        out.write(begins ? (count == 0 ? "" : ";\n") + into : ",\n");
        length = begins ? row.length() : length + row.length();
        out.write(row.append(')').toString());
        count++;
      }
    }
    out.write(count == 0 ? "" : ";\n");
    return count;
  }

  /** The columns that can be written; before them the rowid where no column keeps it. */
  private static List<String> names(Statement statement, Shape table) throws SQLException {
    List<String> names = new ArrayList<>();
    if (!table.isVirtual()) {
      if (table.alias().isEmpty()) {
        table.rowid().ifPresent(names::add);
      }
      table.columns().stream()
          .filter(column -> !column.has(Attribute.GENERATED))
          .forEach(column -> names.add(Shape.quoted(column)));
      return names;
    }
    if (table.table().get(Attribute.ACCESS_METHOD).startsWith("fts")) {
      names.add("rowid");
    }
    String query =
        "SELECT name FROM pragma_table_xinfo(%s) WHERE hidden = 0 ORDER BY cid"
            .formatted(Meaning.literal(table.name()));
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        names.add(Meaning.name(rows.getString(1)));
      }
    }
    return names;
  }

  private void sequences(Writer out, Statement statement, List<Shape> tables)
      throws IOException, SQLException {
    List<Shape> counting = tables.stream().filter(Shape::isAutoincrement).toList();
    if (counting.isEmpty() || choice.schemaOnly()) {
      return;
    }
    for (Shape table : counting) {
      String name = Meaning.literal(Tokens.unquoted(table.quoted()));
      out.write("DELETE FROM sqlite_sequence WHERE name = " + name + ";\n");
      try (ResultSet row =
          statement.executeQuery("SELECT seq FROM sqlite_sequence WHERE name = " + name)) {
        if (row.next()) {
          out.write(
              "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s);\n"
                  .formatted(name, Literals.of(row, 1)));
        }
      }
    }
  }

  private void rest(Writer out, Catalog catalog, Set<ObjectId> chosen) throws IOException {
    boolean whole = choice.tables().isEmpty();
    for (CatalogObject index : catalog.ofKind(Kind.INDEX)) {
      if (chosen.contains(ObjectId.at(Kind.TABLE, index.get(Attribute.TABLE)))) {
        out.write(index.get(Attribute.WRITTEN) + ";\n");
      }
    }
    if (whole) {
      for (CatalogObject view : catalog.ofKind(Kind.VIEW)) {
        out.write(view.get(Attribute.WRITTEN) + ";\n");
      }
    }
    for (CatalogObject trigger : catalog.ofKind(Kind.TRIGGER)) {
      if (whole || chosen.contains(trigger.id().relation(Kind.TABLE))) {
        out.write(trigger.get(Attribute.WRITTEN) + ";\n");
      }
    }
  }
}
