package dev.undercroft.lint;

import dev.undercroft.lint.Finding.Place;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Position;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TransactionUse;
import java.util.List;

/**
 * What a rule sees while it looks at a statement, and where it puts what it finds. For one file.
 *
 * @param source the file
 * @param statements all its statements
 * @param known what is known of the database at this statement
 * @param findings takes what is found
 */
record Sight(SqlSource source, List<Statement> statements, Known known, List<Finding> findings) {

  private static final String NO_TRANSACTION = "undercroft:no-transaction";

  /** Whether the deployer runs the file as one transaction. */
  boolean isTransaction() {
    boolean saysNo =
        !statements.isEmpty()
            && statements.getFirst().comments().stream()
                .anyMatch(comment -> comment.in(source.text()).contains(NO_TRANSACTION));
    return !saysNo
        && statements.stream().noneMatch(one -> one.command().use() == TransactionUse.OUTSIDE);
  }

  void report(Rule rule, Token at, String message) {
    report(rule, at.start(), message);
  }

  void report(Rule rule, int offset, String message) {
    Position position = source.at(offset);
    findings.add(
        new Finding(
            rule,
            new Place(source.name(), position.line(), position.column()),
            message,
            Excerpt.of(source, offset)));
  }
}
