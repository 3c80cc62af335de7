package dev.undercroft.apps.codepal;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Identifier;
import java.util.Optional;

/** Knows callers by one way or else by another. Thread-safe if both are. */
record EitherWay(Identifier first, Identifier second) implements Identifier {

  @Override
  public Optional<Caller> identify(Secret shown) {
    return first.identify(shown).or(() -> second.identify(shown));
  }
}
