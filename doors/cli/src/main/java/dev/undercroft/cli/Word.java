package dev.undercroft.cli;

/**
 * One command as the first page of help shows it. Immutable.
 *
 * @param path the words a person types, for example {@code migrate deploy}
 * @param group the heading under which it stands
 * @param summary what it does, a few words
 */
record Word(String path, Group group, String summary) {

  /** The headings, in order. */
  enum Group {
    /** The instance. */
    RUN("Run"),
    /** Schema and data. */
    MIGRATE("Schema and data"),
    /** Copies of everything, and the way back. */
    BACKUP("Backups"),
    /** What is private and what was noted. */
    SAFETY("Safety"),
    /** Looking. */
    LOOK("Look"),
    /** Making files. */
    MAKE("Make"),
    /** The tool itself. */
    TOOL("This tool");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    String title() {
      return title;
    }
  }

  /** Whether it stands below this word: {@code migrate deploy} below {@code migrate}. */
  boolean isBelow(String first) {
    return path.startsWith(first + " ");
  }
}
