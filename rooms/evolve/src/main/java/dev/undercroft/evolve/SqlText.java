package dev.undercroft.evolve;

import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Step;

/** A whole schema as a file of SQL, in an order that can be run. Stateless. */
final class SqlText {

  private SqlText() {}

  static String of(Catalog fresh, Catalog catalog, SchemaEngine engine) {
    Plan plan = engine.planning().plan(fresh, catalog, new PlanOptions(false, ""));
    StringBuilder text = new StringBuilder();
    text.append("-- ").append(catalog.server()).append("\n");
    text.append(engine.preamble());
    ObjectId last = null;
    for (Step step : plan.steps()) {
      boolean belongs = last != null && place(step.subject()).equals(place(last));
      text.append(belongs ? "" : "\n").append(step.sql()).append(";\n");
      last = step.subject();
    }
    return text.toString();
  }

  /** The relation that a part belongs to, so that what is said of one stands together. */
  private static String place(ObjectId id) {
    boolean isPart = !id.parent().isEmpty() && id.kind() != Kind.CONSTRAINT;
    return id.schema() + '\t' + (isPart ? id.parent() : id.name());
  }
}
