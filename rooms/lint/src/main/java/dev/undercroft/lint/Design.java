package dev.undercroft.lint;

import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How tables and columns are made: what is regretted later. */
final class Design implements Family {

  private static final int LONGEST = 63;
  private static final Set<String> SMALL =
      Set.of("integer", "smallint", "serial", "serial4", "smallserial", "serial2");
  private static final Set<String> SERIAL =
      Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

  @Override
  public void look(Sight sight, Phrase statement) {
    Made.in(statement).ifPresent(made -> table(sight, made));
    AlterTable.of(statement)
        .ifPresent(alter ->
            alter
                .clauses()
                .forEach(clause -> Column.added(clause).ifPresent(column -> type(sight, column))));
    names(sight, statement);
  }

  private static void table(Sight sight, Made made) {
    List<Column> columns = made.definitions();
    columns.forEach(column -> type(sight, column));
    Optional<Phrase> key =
        made.body().parts().stream().filter(part -> part.has("primary", "key")).findFirst();
    boolean isWhole =
        !made.body().isEmpty()
            && !made.isTemporary()
            && !made.statement().has("inherits")
            && !made.body().has("like");
    if (isWhole && key.isEmpty() && !getsKeyLater(sight, made.name())) {
      sight.report(
          Rule.NO_KEY, made.statement().first(), "table " + made.name() + " has no primary key");
    }
    key.ifPresent(part -> small(sight, part, columns));
  }

  private static boolean getsKeyLater(Sight sight, String table) {
    return sight.statements().stream()
        .map(Phrase::of)
        .flatMap(statement -> AlterTable.of(statement).stream())
        .filter(alter -> alter.table().equals(table))
        .flatMap(alter -> alter.clauses().stream())
        .anyMatch(clause -> clause.starts("add") && clause.has("primary", "key"));
  }

  private static void small(Sight sight, Phrase key, List<Column> columns) {
    Optional<Column> own = Column.defined(key);
    List<String> names =
        own.map(column -> List.of(column.name()))
            .orElseGet(() ->
                key.after("primary", "key").group().parts().stream().map(Phrase::name).toList());
    if (names.size() != 1) {
      return;
    }
    columns.stream()
        .filter(column -> column.name().equals(names.getFirst()) && SMALL.contains(column.type()))
        .forEach(column ->
            sight.report(
                Rule.SMALL_KEY,
                column.at(),
                "key %s of type %s is full after %s rows"
                    .formatted(
                        column.name(),
                        column.type(),
                        column.type().startsWith("small") ? "32,767" : "2,147,483,647")));
  }

  private static void type(Sight sight, Column column) {
    String base = Types.base(column.type()).replace("[]", "");
    String what = column.name() + " is " + column.type();
    switch (base) {
      case "character" -> sight.report(Rule.CHAR_TYPE, column.at(), what);
      case "timestamp without time zone" ->
          sight.report(Rule.TIMESTAMP_WITHOUT_ZONE, column.at(), what);
      case "json" -> sight.report(Rule.JSON_TYPE, column.at(), what);
      case "money" -> sight.report(Rule.MONEY_TYPE, column.at(), what);
      default -> {
        if (column.type().startsWith("character varying(")) {
          sight.report(Rule.VARCHAR_LIMIT, column.at(), what);
        } else if (SERIAL.contains(base)) {
          sight.report(Rule.SERIAL_TYPE, column.at(), what);
        }
      }
    }
  }

  private static void names(Sight sight, Phrase statement) {
    for (int i = 0; i < statement.tokens().size(); i++) {
      Token token = statement.tokens().get(i);
      boolean isName = token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME;
      String name = statement.word(i).replace("\"", "");
      int bytes = name.getBytes(StandardCharsets.UTF_8).length;
      if (isName && bytes > LONGEST) {
        sight.report(
            Rule.LONG_NAME,
            token,
            "a name of %d bytes is cut to %d without a word".formatted(bytes, LONGEST));
      }
    }
  }
}
