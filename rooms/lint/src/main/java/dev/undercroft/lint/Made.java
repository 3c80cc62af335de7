package dev.undercroft.lint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table or view that a statement makes. Immutable.
 *
 * @param name its name
 * @param statement the statement
 * @param body what stands in the parentheses of CREATE TABLE; empty for others
 */
record Made(String name, Phrase statement, Phrase body) {

  static Optional<Made> in(Phrase statement) {
    if (!statement.starts("create")) {
      return Optional.empty();
    }
    Phrase rest = statement.from(1).skip("or", "replace").skip("global").skip("local");
    rest = rest.skip("temporary").skip("temp").skip("unlogged").skip("foreign");
    boolean isTable = rest.starts("table");
    if (!isTable && !rest.starts("materialized", "view")) {
      return Optional.empty();
    }
    Phrase name = rest.from(isTable ? 1 : 2).skip("if", "not", "exists");
    return name.named()
        .map(named ->
            new Made(
                named.key(),
                statement,
                isTable && named.rest().word(0).equals("(")
                    ? named.rest().group()
                    : nothing(name)));
  }

  private static Phrase nothing(Phrase phrase) {
    return phrase.from(phrase.tokens().size());
  }

  boolean isTemporary() {
    return statement.word(1).startsWith("temp") || statement.word(2).startsWith("temp");
  }

  /** Its columns in order. */
  List<Column> definitions() {
    List<Column> found = new ArrayList<>();
    body.parts().forEach(part -> Column.defined(part).ifPresent(found::add));
    return found;
  }

  /** The types of its columns by their names. */
  Map<String, String> columns() {
    Map<String, String> types = new LinkedHashMap<>();
    definitions().forEach(column -> types.put(column.name(), column.type()));
    return types;
  }
}
