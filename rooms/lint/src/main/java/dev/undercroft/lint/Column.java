package dev.undercroft.lint;

import dev.undercroft.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A column as a statement defines it. Immutable.
 *
 * @param name its name
 * @param at where its name stands
 * @param type its type as the server prints it, as far as the text tells
 * @param rest what stands behind its name
 */
record Column(String name, Token at, String type, Phrase rest) {

  private static final Set<String> NO_COLUMN =
      Set.of(
          "constraint",
          "primary",
          "unique",
          "check",
          "foreign",
          "exclude",
          "like",
          "not",
          "partition");
  private static final Set<String> BEHIND_TYPE =
      Set.of(
          "not",
          "null",
          "default",
          "primary",
          "unique",
          "check",
          "references",
          "generated",
          "constraint",
          "collate",
          "deferrable",
          "initially",
          "storage",
          "compression",
          "using",
          "no",
          "enforced");

  /** The column that a clause of ALTER TABLE adds. */
  static Optional<Column> added(Phrase clause) {
    return clause.starts("add")
        ? defined(clause.from(1).skip("column").skip("if", "not", "exists"))
        : Optional.empty();
  }

  /** The column that a clause of ALTER TABLE gives another type. */
  static Optional<Column> retyped(Phrase clause) {
    if (!clause.starts("alter")) {
      return Optional.empty();
    }
    return clause
        .from(1)
        .skip("column")
        .named()
        .filter(named -> named.rest().starts("type") || named.rest().starts("set", "data", "type"))
        .map(named -> {
          Phrase type = named.rest().skip("set", "data").from(1);
          return new Column(named.key(), named.at(), type(type), type);
        });
  }

  /** The column that this defines, if it is no constraint. */
  static Optional<Column> defined(Phrase phrase) {
    if (phrase.isEmpty() || NO_COLUMN.contains(phrase.word(0))) {
      return Optional.empty();
    }
    return phrase
        .named()
        .filter(named -> named.name().parts().size() == 1)
        .map(named ->
            new Column(named.name().name().text(), named.at(), type(named.rest()), named.rest()));
  }

  private static String type(Phrase phrase) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < phrase.tokens().size() && !BEHIND_TYPE.contains(phrase.word(i)); i++) {
      words.add(phrase.word(i));
    }
    return Types.canonical(String.join(" ", words));
  }

  boolean has(String... keywords) {
    return rest.has(keywords);
  }
}
