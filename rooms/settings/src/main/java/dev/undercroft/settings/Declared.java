package dev.undercroft.settings;

import org.jspecify.annotations.Nullable;

/**
 * A variable that an application declares under {@code [variables.NAME]}, so that it is checked,
 * listed and documented like the product's own. Immutable.
 *
 * @param name the environment variable
 * @param setting what it sets; null when the product itself reads this variable and the file only
 *     says that it is required
 * @param required when a start without it is refused
 */
record Declared(String name, @Nullable Setting<?> setting, Required required) {

  /** When a variable must be set. */
  enum Required {
    /** Never. */
    NEVER,
    /** In the environment {@code production}. */
    PRODUCTION,
    /** Everywhere. */
    ALWAYS
  }

  boolean isRequiredIn(Environment environment) {
    return required == Required.ALWAYS
        || (required == Required.PRODUCTION && environment == Environment.PRODUCTION);
  }
}
