package dev.undercroft.lint;

import dev.undercroft.base.Problem;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads migrations in their order and says what hurts. Judges by tokens and by what the migrations
 * before have made, not by a database. Stateless, thread-safe.
 */
public final class Linter {

  private static final List<Family> EVERYWHERE =
      List.of(new Drops(), new Renames(), new Transactions());
  private static final List<Family> POSTGRESQL =
      List.of(
          new Drops(),
          new Renames(),
          new Columns(),
          new Constraints(),
          new Indexes(),
          new Transactions(),
          new Design(),
          new Rights());

  private final Dialect dialect;

  /** Reads SQL of this dialect; of SQLite only what goes, what is renamed, and transactions. */
  public Linter(Dialect dialect) {
    this.dialect = dialect;
  }

  /**
   * What is found in migrations, file by file in their order, each from its start to its end.
   *
   * @param known migrations that came before; what they hold is not judged
   * @param judged those that are
   */
  public List<Finding> read(List<SqlSource> known, List<SqlSource> judged) {
    Known database = new Known();
    for (SqlSource source : known) {
      database.nextFile();
      Script.read(source, dialect).statements().forEach(one -> database.take(Phrase.of(one)));
    }
    List<Finding> findings = new ArrayList<>();
    for (SqlSource source : judged) {
      database.nextFile();
      findings.addAll(read(source, database));
    }
    return findings;
  }

  private List<Finding> read(SqlSource source, Known database) {
    Script script = Script.read(source, dialect);
    List<Finding> findings = new ArrayList<>();
    Sight sight = new Sight(source, script.statements(), database, findings);
    for (Problem problem : script.problems()) {
      sight.report(Rule.SYNTAX, offset(source, problem), problem.message());
    }
    for (Statement statement : script.statements()) {
      Phrase phrase = Phrase.of(statement);
      for (Family family : dialect == Dialect.POSTGRESQL ? POSTGRESQL : EVERYWHERE) {
        family.look(sight, phrase);
      }
      database.take(phrase);
    }
    List<Finding> left = Allowances.in(script).apply(sight);
    return left.stream()
        .sorted(
            Comparator.comparingInt((Finding finding) -> finding.place().line())
                .thenComparingInt(finding -> finding.place().column()))
        .toList();
  }

  private static int offset(SqlSource source, Problem problem) {
    String line = problem.context().getOrDefault("line", "1");
    int wanted = line.matches("\\d{1,9}") ? Integer.parseInt(line) : 1;
    int at = 0;
    for (int number = 1; number < wanted && at >= 0; number++) {
      at = source.text().indexOf('\n', at) + 1;
    }
    return Math.clamp(at, 0, source.text().length());
  }
}
