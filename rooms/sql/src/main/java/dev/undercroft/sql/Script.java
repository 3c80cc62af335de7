package dev.undercroft.sql;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import java.util.List;

/**
 * A text cut into statements where the server, and for scripts psql, would cut it. Immutable.
 *
 * @param source the text
 * @param dialect whose SQL it is
 * @param statements the statements in order; where the text is broken, what could be read
 * @param problems what is not closed or is no SQL, each with its place; empty for a sound text
 */
public record Script(
    SqlSource source, Dialect dialect, List<Statement> statements, List<Problem> problems) {

  /** Copies the lists. */
  public Script {
    statements = List.copyOf(statements);
    problems = List.copyOf(problems);
  }

  /** Reads a text; never fails, see {@link #problems}. */
  public static Script read(SqlSource source, Dialect dialect) {
    return new Splitter(source, dialect).split();
  }

  /**
   * This script, when it is sound.
   *
   * @throws ProblemException with all its problems
   */
  public Script orThrow() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return this;
  }
}
