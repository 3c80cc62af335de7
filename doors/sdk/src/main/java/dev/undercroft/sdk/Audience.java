package dev.undercroft.sdk;

/** Who may call a route. */
public enum Audience {
  /** Anybody who reaches the port. */
  EVERYONE,
  /** A caller with a tenant; see {@link Caller#tenant()}. */
  TENANT,
  /** Who shows the operator token. The default, so that a forgotten word opens nothing. */
  OPERATOR
}
