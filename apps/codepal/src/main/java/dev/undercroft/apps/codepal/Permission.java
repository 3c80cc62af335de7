package dev.undercroft.apps.codepal;

/** What a member may do in a project; the role decides, or the member's own list. */
enum Permission {
  /** See the project, its members and its files. */
  READ,
  /** Make and change files. */
  WRITE,
  /** Delete files. */
  DELETE,
  /** Take members in, change them, send them away. */
  MANAGE_TEAM,
  /** Change the project itself. */
  MANAGE_SETTINGS
}
