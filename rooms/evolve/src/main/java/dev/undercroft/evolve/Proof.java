package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.schema.ScratchServer.Scratch;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** What the scratch database of the wanted side really has. */
  private final Catalog loaded;

  private final boolean other;
  private final List<String> stages = new ArrayList<>();
  private boolean isNoting;

  Proof(Desk desk, Planning planner, Both<Reading, Reading> sides, Frame frame) {
    this.desk = desk;
    this.planner = planner;
    this.frame = frame;
    this.present = sides.first();
    this.wanted = sides.second();
    boolean foreign = sides.first().facts().filter(f -> !f.user().equals(f.owner())).isPresent();
    Catalog from = Evolution.settled(present, wanted);
    Catalog to = Evolution.settled(wanted, present);
    Catalog now = whole(from);
    this.before = foreign ? ownerless(now) : now;
    this.after = foreign ? ownerless(to) : to;
    this.loaded = foreign ? ownerless(wanted.catalog()) : wanted.catalog();
    this.other = foreign || !now.equals(from);
  }

  /** Without indexes that were left half built: no copy can be made of those. */
  private static Catalog whole(Catalog catalog) {
    Map<Boolean, List<CatalogObject>> parts =
        catalog.objects().stream().collect(Collectors.partitioningBy(o -> isHalf(o, catalog)));
    List<ObjectId> half = parts.getOrDefault(true, List.of()).stream().map(o -> o.id()).toList();
    return half.isEmpty()
        ? catalog
        : new Catalog(
            catalog.server(),
            parts.getOrDefault(false, List.of()),
            catalog.dependencies().stream().filter(need -> !half.contains(need.from())).toList(),
            catalog.unmodelled());
  }

  private static boolean isHalf(CatalogObject object, Catalog catalog) {
    return object.id().kind() == Kind.INDEX
        && object.has(Attribute.INVALID)
        && catalog
            .find(ObjectId.at(Kind.TABLE, object.get(Attribute.TABLE)))
            .filter(table -> !table.has(Attribute.PARTITION_KEY))
            .isPresent();
  }

  /** The copy of a database of somebody else belongs to whoever makes it. */
  private static Catalog ownerless(Catalog catalog) {
    List<CatalogObject> objects =
        catalog.objects().stream().map(object -> object.with(Attribute.OWNER, "")).toList();
    return new Catalog(catalog.server(), objects, catalog.dependencies(), catalog.unmodelled());
  }

  /**
   * The comparison with how its plan was tried, in words, and what was seen of its steps.
   *
   * @throws ProblemException if it failed or did not lead where it should
   */
  Comparison of(Comparison comparison, boolean online) {
    Plan plan = other ? again(comparison, online) : comparison.plan();
    if (plan.isEmpty()) {
      return comparison.proved("nothing to prove");
    }
    Optional<Scratch> whole = desk.copy(present);
    if (whole.isPresent()) {
      try (Scratch copy = whole.get()) {
        return seen(comparison, tried(copy.connection(), plan)).proved("proved on a copy", stages);
      }
    }
    String obstacle = "";
    Scratch copy = wanted.scratch().orElse(null);
    if (copy != null) {
      obstacle = take(copy.connection(), loaded, before);
    }
    if (copy == null || !obstacle.isEmpty()) {
      copy = desk.scratch();
      obstacle = take(copy.connection(), desk.engine().fresh(before.server()), before);
    }
    return obstacle.isEmpty()
        ? seen(comparison, tried(copy.connection(), plan)).proved("proved on a copy", stages)
        : comparison.proved("not proved: " + obstacle);
  }

  /** What was seen of a statement holds for the same statement on the original. */
  private static Comparison seen(Comparison comparison, Plan measured) {
    Map<String, Step> seen =
        measured.steps().stream()
            .collect(Collectors.toMap(Step::sql, step -> step, (one, other) -> one));
    return comparison.with(
        comparison
            .plan()
            .with(step -> {
              Step copy = seen.getOrDefault(step.sql(), step);
              List<Warning> warnings = new ArrayList<>(step.warnings());
              copy.warnings().stream()
                  .filter(more -> warnings.stream().noneMatch(one -> one.hazard() == more.hazard()))
                  .forEach(warnings::add);
              return step.locking(copy.lock()).working(copy.work()).with(warnings);
            }));
  }

  /** The same, and it looks at the copy between the batches. */
  Proof noting() {
    isNoting = true;
    return this;
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
      desk.engine().run(copy, plan(from, to), Patience.ENDLESS, Progress.NONE);
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

  private Plan noted(Connection copy, Plan plan) {
    List<Step> steps = new ArrayList<>();
    stages.add(Stages.of(read(copy)));
    for (List<Step> batch : plan.batches()) {
      steps.addAll(desk.engine().measure(copy, new Plan(batch, "", "")).steps());
      stages.add(Stages.of(read(copy)));
    }
    return new Plan(steps, plan.beforeFingerprint(), plan.afterFingerprint());
  }

  private Plan tried(Connection copy, Plan plan) {
    Plan measured;
    try {
      measured = isNoting ? noted(copy, plan) : desk.engine().measure(copy, plan);
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
    return measured;
  }
}
