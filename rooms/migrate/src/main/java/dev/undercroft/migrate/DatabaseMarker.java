package dev.undercroft.migrate;

/**
 * What a database says of itself, kept in the database so that every door obeys it whatever its own
 * settings say. Immutable.
 *
 * @param environment what it is used for
 * @param guard whether destructive verbs need its name and insistence
 */
public record DatabaseMarker(Environment environment, Guard guard) {

  /** A database that says nothing. */
  public static final DatabaseMarker NONE = new DatabaseMarker(Environment.UNKNOWN, Guard.OPEN);

  /** Production, guarded. */
  public static final DatabaseMarker PRODUCTION =
      new DatabaseMarker(Environment.PRODUCTION, Guard.CLOSED);

  /** What a database is used for. */
  public enum Environment {
    /** It does not say. */
    UNKNOWN,
    /** One developer's; may be reset at will. */
    DEVELOPMENT,
    /** Made by tests. */
    TEST,
    /** Rehearses production. */
    STAGING,
    /** People depend on its rows. */
    PRODUCTION
  }

  /** Whether destructive verbs are allowed without more. */
  public enum Guard {
    /** They are. */
    OPEN,
    /** They need the database's name and insistence. */
    CLOSED
  }
}
