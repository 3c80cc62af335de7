package dev.undercroft.plan;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Renames;
import java.util.List;

/** Makes plans for one kind of database: pure functions of two catalogs. Thread-safe. */
public interface Planning {

  /**
   * The steps that turn {@code before} into {@code after}, where some things only get another name.
   *
   * @throws dev.undercroft.base.ProblemException if the change cannot be made without losing what
   *     nobody asked to lose, or the changes wait for each other in a circle
   */
  Plan plan(Catalog before, Catalog after, Renames renames, PlanOptions options);

  /** The same with nothing renamed. */
  default Plan plan(Catalog before, Catalog after, PlanOptions options) {
    return plan(before, after, Renames.NONE, options);
  }

  /** What differs; what the plan renames is told as renamed. */
  List<Change> changes(Catalog before, Catalog after, Renames renames);
}
