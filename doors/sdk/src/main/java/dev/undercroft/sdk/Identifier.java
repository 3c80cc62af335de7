package dev.undercroft.sdk;

import dev.undercroft.base.Secret;
import java.util.Optional;

/**
 * Finds out who shows a bearer token, by what only the application knows: the sessions it has
 * opened, the keys it has given out. Called from many threads at once, before the handler.
 */
@FunctionalInterface
public interface Identifier {

  /**
   * Who shows this token.
   *
   * @param shown what stood behind {@code Bearer} (RFC 6750, section 2.1); never the operator token
   * @return empty if it is nobody's, also when it has ended
   * @throws dev.undercroft.base.ProblemException if it is somebody's who may not enter, and that
   *     may be told
   */
  Optional<Caller> identify(Secret shown);
}
