package dev.undercroft.settings;

/**
 * Where a value came from. Immutable.
 *
 * @param kind what sort of place it is
 * @param place the place itself, for people: {@code .env.local line 3}
 */
public record Origin(Kind kind, String place) {

  /** The sorts of places, the strongest first. */
  public enum Kind {
    /** An option of the command. */
    FLAG,
    /** A variable of the process. */
    VARIABLE,
    /** A file that a variable with the suffix {@code _FILE} names. */
    NAMED_FILE,
    /** A file in {@code /run/secrets}. */
    RUN_SECRET,
    /** A file in the project's {@code secrets} folder. */
    PROJECT_SECRET,
    /** A {@code .env} file. */
    DOTENV,
    /** {@code undercroft.toml}. */
    FILE,
    /** Nothing was set. */
    DEFAULT
  }

  @Override
  public String toString() {
    return place;
  }
}
