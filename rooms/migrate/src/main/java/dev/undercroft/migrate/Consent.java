package dev.undercroft.migrate;

import java.util.Optional;

/**
 * What a person gave to allow a destructive verb. Immutable.
 *
 * @param name the name of the database as the person typed it; empty when nothing was typed
 * @param force whether the person insisted, which a guarded database demands besides the name
 */
public record Consent(Optional<String> name, boolean force) {

  /** No consent. */
  public static final Consent NONE = new Consent(Optional.empty(), false);
}
