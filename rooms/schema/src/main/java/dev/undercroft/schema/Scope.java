package dev.undercroft.schema;

import java.util.List;

/**
 * Which part of a database counts. Immutable.
 *
 * @param onlySchemas when not empty, everything else is left out
 * @param excludedSchemas left out in any case
 * @param withRoles whether roles and memberships are read, which all databases of a server share
 */
public record Scope(List<String> onlySchemas, List<String> excludedSchemas, boolean withRoles) {

  /** Everything but the server's own schemas and the platform's schema {@code undercroft}. */
  public static final Scope ALL =
      new Scope(List.of(), List.of("information_schema", "undercroft"), false);

  /** Copies the lists. */
  public Scope {
    onlySchemas = List.copyOf(onlySchemas);
    excludedSchemas = List.copyOf(excludedSchemas);
  }
}
