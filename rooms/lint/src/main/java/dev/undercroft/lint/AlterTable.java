package dev.undercroft.lint;

import dev.undercroft.sql.Token;
import java.util.List;
import java.util.Optional;

/**
 * {@code ALTER TABLE} taken apart. Immutable.
 *
 * @param table the table
 * @param at where its name stands
 * @param clauses what is done to it
 */
record AlterTable(String table, Token at, List<Phrase> clauses) {

  static Optional<AlterTable> of(Phrase statement) {
    if (!statement.starts("alter", "table")) {
      return Optional.empty();
    }
    return statement
        .from(2)
        .skip("if", "exists")
        .skip("only")
        .named()
        .map(named -> new AlterTable(named.key(), named.at(), named.rest().parts()));
  }
}
