package dev.undercroft.lint;

/** Rules that are about one subject. Stateless. */
interface Family {

  /** Looks at one statement. */
  void look(Sight sight, Phrase statement);
}
