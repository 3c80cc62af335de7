package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.schema.ScratchServer.Scratch;
import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries a plan on a copy of the database without its rows. The copy is the scratch database that
 * holds the wanted schema, taken back to the present one, so its cost grows with the change and not
 * with the schema; where there is none, or it cannot be taken back, the present schema is made anew
 * beside it. Used once.
 */
final class Proof {

  private final Desk desk;
  private final Planning planner;
  private final Frame frame;
  private final Reading present;
  private final Reading wanted;
  private final Catalog before;
  private final Catalog after;
  private final boolean foreign;

  Proof(Desk desk, Planning planner, Both<Reading, Reading> sides, Frame frame) {
    this.desk = desk;
    this.planner = planner;
    this.frame = frame;
    this.present = sides.first();
    this.wanted = sides.second();
    this.foreign = sides.first().facts().filter(f -> !f.user().equals(f.owner())).isPresent();
    this.before = foreign ? ownerless(sides.first().catalog()) : sides.first().catalog();
    this.after = foreign ? ownerless(sides.second().catalog()) : sides.second().catalog();
  }

  /** The copy of a database of somebody else belongs to whoever makes it. */
  private static Catalog ownerless(Catalog catalog) {
    List<CatalogObject> objects =
        catalog.objects().stream().map(object -> object.with(Attribute.OWNER, "")).toList();
    return new Catalog(catalog.server(), objects, catalog.dependencies(), catalog.unmodelled());
  }

  /**
   * How the plan was tried, in words.
   *
   * @throws ProblemException if it failed or did not lead where it should
   */
  String of(Comparison comparison, boolean online) {
    Plan plan = foreign ? again(comparison, online) : comparison.plan();
    if (plan.isEmpty()) {
      return "nothing to prove";
    }
    Optional<Scratch> whole = desk.copy(present);
    if (whole.isPresent()) {
      try (Scratch copy = whole.get()) {
        return tried(copy.connection(), plan);
      }
    }
    String obstacle = "";
    Scratch copy = wanted.scratch().orElse(null);
    if (copy != null) {
      obstacle = take(copy.connection(), after, before);
    }
    if (copy == null || !obstacle.isEmpty()) {
      copy = desk.scratch();
      obstacle = take(copy.connection(), desk.engine().fresh(before.server()), before);
    }
    return obstacle.isEmpty() ? tried(copy.connection(), plan) : "not proved: " + obstacle;
  }

  private Plan again(Comparison comparison, boolean online) {
    Map<ObjectId, ObjectId> names = new HashMap<>();
    for (Change change : comparison.changes()) {
      if (change instanceof Change.Renamed renamed) {
        names.put(renamed.from(), renamed.to());
      }
    }
    return planner.plan(before, after, new Renames(names), new PlanOptions(online, ""));
  }

  /** Why the copy is not what is there now; empty when it is. */
  private String take(Connection copy, Catalog from, Catalog to) {
    try {
      desk.engine().run(copy, plan(from, to), Progress.NONE);
      List<Change> left = Diff.between(read(copy), to);
      return left.isEmpty() ? "" : "the copy differs: " + Described.of(left.getFirst());
    } catch (ProblemException e) {
      return "no copy could be made: " + e.first().message();
    }
  }

  private Plan plan(Catalog from, Catalog to) {
    return planner.plan(from, to, new PlanOptions(false, ""));
  }

  private Catalog read(Connection copy) {
    return desk.engine().introspector().read(copy, frame.scope());
  }

  private String tried(Connection copy, Plan plan) {
    try {
      desk.engine().run(copy, plan, Progress.NONE);
    } catch (ProblemException e) {
      throw Problem.of(
              "EVOLVE_PROOF_FAILED",
              ProblemKind.CONFLICT,
              "the plan failed on a copy, so the database was not touched: " + e.first().message())
          .withDetail(e.first().detail())
          .withRemedy(
              "Take the change in smaller steps; a plan that fails on a copy is a defect to report.")
          .exception(e);
    }
    List<Change> left = Diff.between(read(copy), after);
    if (!left.isEmpty()) {
      throw Problem.of(
              "EVOLVE_PROOF_FAILED",
              ProblemKind.CONFLICT,
              "on a copy the plan did not lead to the wanted schema, so the database was not"
                  + " touched")
          .withDetail(Evolution.described(left))
          .withRemedy(
              "Take the change in smaller steps; a plan that misses on a copy is a defect to report.")
          .exception();
    }
    return "proved on a copy";
  }
}
