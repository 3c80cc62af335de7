package dev.undercroft.sqliteschema;

import java.util.List;
import java.util.Optional;

/**
 * A rule of a table. Immutable.
 *
 * @param sort which sort
 * @param name the name it was given
 * @param columns the columns it speaks of, folded; of a check, none
 * @param meaning the rule in comparable form
 * @param written the rule as its author wrote it, its name included
 * @param position the column in whose definition it stands, from 1; 0 for a rule of the table
 */
record ColumnRule(
    Sort sort,
    Optional<String> name,
    List<String> columns,
    String meaning,
    String written,
    int position) {

  ColumnRule {
    columns = List.copyOf(columns);
  }

  /** The sorts of rules, with the letter that catalogs have for each. */
  enum Sort {
    PRIMARY("p"),
    UNIQUE("u"),
    CHECK("c"),
    FOREIGN("f");

    private final String letter;

    Sort(String letter) {
      this.letter = letter;
    }

    String letter() {
      return letter;
    }
  }
}
