package dev.undercroft.apps.seda;

/** The rows of the seeds, by name. */
final class People {

  static final String ADMIN = "5eda0000-0000-4000-8000-000000000001";
  static final String ARTIST = "5eda0000-0000-4000-8000-000000000002";

  /** A member of both rooms. */
  static final String LISTENER = "5eda0000-0000-4000-8000-000000000003";

  /** A member of the public room only. */
  static final String STRANGER = "5eda0000-0000-4000-8000-000000000004";

  static final String PROFILE = "5eda0000-0000-4000-8000-000000000011";
  static final String OPEN_ROOM = "5eda0000-0000-4000-8000-000000000021";
  static final String PRIVATE_ROOM = "5eda0000-0000-4000-8000-000000000022";
  static final String STRANGERS_MEMBERSHIP = "5eda0000-0000-4000-8000-000000000034";
  static final String TRACK = "5eda0000-0000-4000-8000-000000000041";
  static final String WELCOME = "5eda0000-0000-4000-8000-000000000051";

  /** The artist's track card in the open room, with three replies and three reactions. */
  static final String CARD = "5eda0000-0000-4000-8000-000000000052";

  /** The artist's message in the private room. */
  static final String SECRET = "5eda0000-0000-4000-8000-000000000053";

  static final String REPLY = "5eda0000-0000-4000-8000-000000000054";
  static final String STRANGERS_REPLY = "5eda0000-0000-4000-8000-000000000055";
  static final String STRANGERS_REACTION = "5eda0000-0000-4000-8000-000000000062";

  private People() {}

  /** The statement with the names of these rows, in quotes, replaced by their ids. */
  static String named(String statement) {
    return statement
        .replace("'ADMIN'", "'" + ADMIN + "'")
        .replace("'ARTIST'", "'" + ARTIST + "'")
        .replace("'LISTENER'", "'" + LISTENER + "'")
        .replace("'STRANGER'", "'" + STRANGER + "'")
        .replace("'PROFILE'", "'" + PROFILE + "'")
        .replace("'OPEN_ROOM'", "'" + OPEN_ROOM + "'")
        .replace("'PRIVATE_ROOM'", "'" + PRIVATE_ROOM + "'")
        .replace("'MEMBERSHIP'", "'" + STRANGERS_MEMBERSHIP + "'")
        .replace("'TRACK'", "'" + TRACK + "'")
        .replace("'WELCOME'", "'" + WELCOME + "'")
        .replace("'CARD'", "'" + CARD + "'")
        .replace("'SECRET'", "'" + SECRET + "'")
        .replace("'REPLY'", "'" + REPLY + "'")
        .replace("'STRANGERS_REPLY'", "'" + STRANGERS_REPLY + "'")
        .replace("'REACTION'", "'" + STRANGERS_REACTION + "'");
  }
}
