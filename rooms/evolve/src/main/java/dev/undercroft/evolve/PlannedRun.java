package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries written plans out. Where a database stands in its plan is seen by what it contains, so
 * nothing is kept in it, and a run that was interrupted anywhere goes on from there. Thread-safe.
 */
public final class PlannedRun {

  private final Databases databases;
  private final SchemaEngine engine;

  /** Works with these databases of one kind. */
  public PlannedRun(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
  }

  /**
   * What became of it.
   *
   * @param database the database, without a password
   * @param skipped how many steps an earlier run had done
   * @param done how many steps ran now
   */
  public record Outcome(String database, int skipped, int done) {}

  /** Where the database stands: the batches behind it, and an index that a killed build left. */
  private record Place(int batch, Optional<CatalogObject> broken) {}

  /**
   * Carries out what is left of it.
   *
   * @throws ProblemException if the database is not what the plan was made for and no stage of it
   *     either, a step is refused, or the plan does not lead where it said
   */
  public Outcome apply(Source.Live target, WrittenPlan plan, Frame frame, Progress progress) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      Catalog there = desk.target(target).catalog();
      List<List<Step>> batches = new Plan(plan.steps(), "", "").batches();
      Place place = place(there, plan, batches).orElseThrow(() -> moved(target));
      List<Step> left = new ArrayList<>();
      place.broken().ifPresent(index -> left.add(dropping(index)));
      batches.subList(place.batch(), batches.size()).forEach(left::addAll);
      int now = left.size() - (place.broken().isPresent() ? 1 : 0);
      engine.run(desk.live(), new Plan(left, "", ""), Patience.USUAL, progress);
      verify(engine.introspector().read(desk.live(), frame.scope()), plan);
      return new Outcome(target.shown(), plan.steps().size() - now, now);
    }
  }

  private static Optional<Place> place(Catalog there, WrittenPlan plan, List<List<Step>> batches) {
    if (plan.stages().isEmpty()) {
      boolean isAtStart = plan.mark().startsWith(there.fingerprint() + "-");
      return isAtStart ? Optional.of(new Place(0, Optional.empty())) : Optional.empty();
    }
    int at = plan.stages().indexOf(Stages.of(there));
    if (at >= 0) {
      return Optional.of(new Place(at, Optional.empty()));
    }
    for (CatalogObject index : there.ofKind(Kind.INDEX)) {
      int without = plan.stages().indexOf(Stages.of(without(there, index)));
      boolean isBuilt =
          without >= 0
              && without < batches.size()
              && index.has(Attribute.INVALID)
              && batches.get(without).getFirst().transaction() == Transaction.OUTSIDE;
      if (isBuilt) {
        return Optional.of(new Place(without, Optional.of(index)));
      }
    }
    return Optional.empty();
  }

  private static Catalog without(Catalog catalog, CatalogObject left) {
    return new Catalog(
        catalog.server(),
        catalog.objects().stream().filter(one -> !one.equals(left)).toList(),
        List.of(),
        catalog.unmodelled());
  }

  private static Step dropping(CatalogObject index) {
    String name =
        "\"%s\".\"%s\""
            .formatted(
                index.id().schema().replace("\"", "\"\""), index.id().name().replace("\"", "\"\""));
    return Step.of(index.id(), "DROP INDEX CONCURRENTLY " + name).in(Transaction.OUTSIDE);
  }

  private static ProblemException moved(Source.Live target) {
    return Problem.of(
            "EVOLVE_PLAN_STALE",
            ProblemKind.CONFLICT,
            target.shown() + " is not what this plan was made for: it has changed since")
        .withRemedy("Make the plan again with `schema plan`, read it, and apply that.")
        .exception();
  }

  private static void verify(Catalog reached, WrittenPlan plan) {
    boolean isReached =
        plan.stages().isEmpty()
            ? plan.mark().endsWith("-" + reached.fingerprint())
            : plan.stages().getLast().equals(Stages.of(reached));
    if (!isReached) {
      throw Problem.of(
              "EVOLVE_NOT_REACHED",
              ProblemKind.CONFLICT,
              "every step ran, and the database is not what the plan said")
          .withRemedy(
              "See what differs with `schema diff`; if nobody edited the plan or the database"
                  + " meanwhile, report it with both.")
          .exception();
    }
  }
}
