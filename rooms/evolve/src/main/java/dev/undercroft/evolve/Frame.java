package dev.undercroft.evolve;

import dev.undercroft.schema.Scope;
import java.util.Optional;

/**
 * What holds for both sides of a comparison. Immutable.
 *
 * @param scope which part of a database counts
 * @param scratch the running server on which scratch databases may be made; empty for one of our
 *     own
 * @param renames what has another name now, and what has not; {@link Answers#NONE} if nobody said
 */
public record Frame(Scope scope, Optional<String> scratch, Answers renames) {

  /** Everything, with a server of our own and nothing renamed. */
  public static final Frame PLAIN = new Frame(Scope.ALL, Optional.empty(), Answers.NONE);
}
