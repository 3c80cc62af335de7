package dev.undercroft.evolve;

import dev.undercroft.migrate.MigrationText;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.QualifiedName;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that one migration changes in a table of which another speaks: what comes out may depend on
 * the order, and no catalog shows it. Stateless.
 */
final class RowConflicts {

  private static final Set<String> UNKNOWN = Set.of("DO", "CALL");

  private RowConflicts() {}

  static long version(MigrationText migration) {
    return Long.parseLong(migration.name().substring(0, migration.name().indexOf('_')));
  }

  static List<String> between(List<MigrationText> applied, List<MigrationText> late) {
    List<String> sentences = new ArrayList<>();
    for (MigrationText one : late) {
      for (MigrationText other : applied) {
        if (version(other) > version(one)) {
          pair(one, other).ifPresent(sentences::add);
          pair(other, one).ifPresent(sentences::add);
        }
      }
    }
    return sentences.stream().distinct().toList();
  }

  private static Optional<String> pair(MigrationText one, MigrationText other) {
    for (Statement statement : Script.read(one.script(), Dialect.POSTGRESQL).statements()) {
      if (UNKNOWN.contains(statement.command().name())) {
        return Optional.of(
            "%s: what %s does cannot be told, so its order counts"
                .formatted(statement, statement.command().name()));
      }
      Optional<String> table = target(statement);
      if (table.isPresent() && speaksOf(other, table.get())) {
        return Optional.of(
            "%s changes rows of %s, of which %s speaks too"
                .formatted(statement, table.get(), other.name()));
      }
    }
    return Optional.empty();
  }

  /** The table whose rows a statement changes. */
  private static Optional<String> target(Statement statement) {
    Words words = new Words(statement.source().text(), statement.tokens());
    boolean changes =
        words.take("insert", "into")
            || words.take("delete", "from")
            || words.take("update")
            || words.take("merge", "into")
            || words.take("copy")
            || words.take("truncate");
    if (!changes) {
      return Optional.empty();
    }
    words.take("table");
    words.take("only");
    return words.takeName().map(QualifiedName::name).map(Object::toString);
  }

  private static boolean speaksOf(MigrationText migration, String table) {
    String text = migration.script().text();
    return Script.read(migration.script(), Dialect.POSTGRESQL).statements().stream()
        .flatMap(statement -> statement.tokens().stream())
        .anyMatch(token ->
            token.in(text).equalsIgnoreCase(table) || token.in(text).equals('"' + table + '"'));
  }
}
