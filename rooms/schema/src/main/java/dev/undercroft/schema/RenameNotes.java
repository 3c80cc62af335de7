package dev.undercroft.schema;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Lexer;
import dev.undercroft.sql.QualifiedName;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.Span;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import dev.undercroft.sql.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds {@code -- renamed from old_name} in the wanted SQL: above a CREATE statement it speaks of
 * what is created; inside CREATE TABLE, of the column on its own line or else of the next one.
 */
public final class RenameNotes {

  private static final Pattern NOTE =
      Pattern.compile("(?i)--\\s*renamed\\s+from\\s+(?:\"((?:[^\"]|\"\")+)\"|([\\w$]+))\\s*");
  private static final Map<String, List<Kind>> KINDS =
      Map.of(
          "CREATE SCHEMA", List.of(Kind.SCHEMA),
          "CREATE TABLE", List.of(Kind.TABLE),
          "CREATE VIEW", List.of(Kind.VIEW),
          "CREATE MATERIALIZED VIEW", List.of(Kind.MATERIALIZED_VIEW),
          "CREATE INDEX", List.of(Kind.INDEX),
          "CREATE SEQUENCE", List.of(Kind.SEQUENCE),
          "CREATE DOMAIN", List.of(Kind.DOMAIN),
          "CREATE TYPE", List.of(Kind.ENUM, Kind.COMPOSITE, Kind.RANGE));
  private static final Set<String> NO_COLUMN =
      Set.of("CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "EXCLUDE", "LIKE");

  private final Catalog wanted;
  private final Dialect sql;
  private final Map<ObjectId, ObjectId> names = new TreeMap<>();

  private RenameNotes(Catalog wanted, Dialect sql) {
    this.wanted = wanted;
    this.sql = sql;
  }

  /**
   * The renames that the texts ask for, old id to new id; whether the old things still exist is not
   * looked at.
   *
   * @param wanted the catalog that the texts give
   * @param sql whose SQL the texts are in; in SQLite's, names are the same in capitals and small
   *     letters
   */
  public static Map<ObjectId, ObjectId> in(List<SqlSource> sources, Catalog wanted, Dialect sql) {
    RenameNotes notes = new RenameNotes(wanted, sql);
    for (SqlSource source : sources) {
      Script.read(source, sql).statements().forEach(notes::read);
    }
    return Map.copyOf(notes.names);
  }

  private void read(Statement statement) {
    List<Kind> kinds = KINDS.get(statement.command().name());
    if (kinds == null) {
      return;
    }
    Optional<ObjectId> created = created(statement, kinds);
    created.ifPresent(id -> {
      Optional<String> old = above(statement);
      old.ifPresent(name -> names.put(id.named(name), id));
      if (id.kind() == Kind.TABLE) {
        columns(statement.text(), id, old.orElse(id.name()));
      }
    });
  }

  private Optional<ObjectId> created(Statement statement, List<Kind> kinds) {
    Words words = new Words(statement.source().text(), statement.tokens());
    String object = statement.command().name().substring("CREATE ".length());
    for (String keyword : object.split(" ", -1)) {
      words.skipTo(keyword);
    }
    words.take("if", "not", "exists");
    return words.takeName().flatMap(name -> find(name, kinds));
  }

  private Optional<ObjectId> find(QualifiedName name, List<Kind> kinds) {
    return kinds.stream()
        .flatMap(kind -> wanted.ofKind(kind).stream())
        .map(CatalogObject::id)
        .filter(id -> id.name().equals(stored(name.name().text())))
        .filter(id ->
            id.schema().isEmpty()
                || name.schema().map(s -> s.text().equals(id.schema())).orElse(true))
        .min((one, other) -> Boolean.compare(isElsewhere(one), isElsewhere(other)));
  }

  private static boolean isElsewhere(ObjectId id) {
    return !id.schema().equals("public");
  }

  private Optional<String> above(Statement statement) {
    return statement.comments().stream()
        .map((Span span) -> note(span.in(statement.source().text())))
        .flatMap(Optional::stream)
        .reduce((first, last) -> last);
  }

  private Optional<String> note(String comment) {
    Matcher matcher = NOTE.matcher(comment);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String quoted = matcher.group(1);
    return Optional.of(
        quoted == null ? Folded.of(matcher.group(2)) : stored(quoted.replace("\"\"", "\"")));
  }

  private void columns(String text, ObjectId table, String oldTable) {
    NavigableMap<Integer, String> starts = new TreeMap<>();
    List<Token> comments = new ArrayList<>();
    int depth = 0;
    boolean begins = false;
    for (Token token : Lexer.tokens(text, sql)) {
      if (token.kind().isComment()) {
        comments.add(token);
      } else if (!token.kind().isBlank()) {
        if (begins && !NO_COLUMN.contains(token.in(text).toUpperCase(Locale.ROOT))) {
          starts.put(token.start(), name(token.in(text)));
        }
        begins =
            (depth == 0 && token.kind() == TokenKind.OPEN)
                || (depth == 1 && token.kind() == TokenKind.COMMA);
        depth += token.kind() == TokenKind.OPEN ? 1 : token.kind() == TokenKind.CLOSE ? -1 : 0;
      }
    }
    for (Token comment : comments) {
      note(comment.in(text))
          .ifPresent(old -> column(at(text, starts, comment.start()), old, table, oldTable));
    }
  }

  private void column(Optional<String> now, String old, ObjectId table, String oldTable) {
    now.ifPresent(name ->
        names.put(
            ObjectId.in(Kind.COLUMN, table.schema(), oldTable, old),
            ObjectId.in(Kind.COLUMN, table.schema(), table.name(), name)));
  }

  private static Optional<String> at(
      String text, NavigableMap<Integer, String> starts, int comment) {
    Map.Entry<Integer, String> before = starts.floorEntry(comment);
    boolean sameLine = before != null && text.indexOf('\n', before.getKey()) > comment;
    Map.Entry<Integer, String> meant = sameLine ? before : starts.ceilingEntry(comment);
    return Optional.ofNullable(meant).map(Map.Entry::getValue);
  }

  private String name(String token) {
    char first = token.charAt(0);
    if (first == '[') {
      return stored(token.substring(1, token.length() - 1));
    }
    boolean quoted = first == '"' || first == '`' || first == '\'';
    return quoted
        ? stored(token.substring(1, token.length() - 1).replace("" + first + first, "" + first))
        : Folded.of(token);
  }

  private String stored(String name) {
    return sql == Dialect.SQLITE ? Folded.of(name) : name;
  }
}
