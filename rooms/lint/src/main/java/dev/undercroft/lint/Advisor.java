package dev.undercroft.lint;

/** Rules about one subject of a database. Stateless. */
interface Advisor {

  /** Looks at everything. */
  void judge(Advice advice);
}
