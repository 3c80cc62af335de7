package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.UserRole;

/**
 * How much a user may, a day unless said otherwise. Immutable.
 *
 * @param projects new projects
 * @param scenesPerProject scenes in one project, however long it takes
 * @param characters characters of scenes
 * @param images pictures
 * @param speechMinutes minutes of speech
 */
record Limits(int projects, int scenesPerProject, int characters, int images, int speechMinutes) {

  private static final Limits USER = new Limits(3, 20, 10_000, 50, 10);
  private static final Limits PREMIUM = new Limits(50, 100, 100_000, 500, 120);

  /** The limits of a role; administrators have those of PREMIUM. */
  static Limits of(UserRole role) {
    return role == UserRole.USER ? USER : PREMIUM;
  }
}
