package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.plan.Step;
import java.sql.Connection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a development database what the wanted schema says, without a migration. Thread-safe. */
public final class Push {

  private final Databases databases;
  private final SchemaEngine engine;
  private final Planning planner;

  /** Works with these databases of one kind. */
  public Push(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
    this.planner = engine.planning();
  }

  /**
   * What became of it.
   *
   * @param statements what ran, in order; empty when nothing was to do
   * @param questions what may be a rename, as lines of an answers file; nothing ran if there are
   *     some
   * @param notes what was left out of the schema, or met and not modelled
   */
  public record Outcome(List<String> statements, List<String> questions, List<Problem> notes) {
    /** Copies the lists. */
    public Outcome {
      statements = List.copyOf(statements);
      questions = List.copyOf(questions);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Pushes.
   *
   * @param live a connection to the database, whose new objects belong to whom they should; closed
   *     here
   * @param allowed hazards that are accepted; of the others only lost rows and values stop it
   * @throws ProblemException if rows would be lost, a step is refused, or the database is not what
   *     was wanted afterwards
   */
  public Outcome push(
      Connection live, Source wanted, Frame frame, Set<Hazard> allowed, Progress progress) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      Source here = new Source.Live("the development database", "", engine.sql());
      Catalog read = desk.target(here, live).catalog();
      Reading reading = desk.read(wanted);
      Catalog after = Substance.of(reading.catalog());
      Catalog before = Substance.of(read, after);
      Map<ObjectId, ObjectId> said = new HashMap<>(reading.renames());
      said.putAll(frame.renames().yes());
      Renames renames = new Renames(said).within(before, after);
      List<String> questions =
          Guess.in(before, after, renames, frame.renames()).stream().map(Guess::line).toList();
      if (!questions.isEmpty()) {
        return new Outcome(List.of(), questions, reading.notes());
      }
      Plan plan = planner.plan(before, after, renames, new PlanOptions(false, ""));
      refuseLosses(plan, allowed);
      desk.ready();
      engine.run(desk.live(), plan, Patience.USUAL, progress);
      Catalog reached = engine.introspector().read(desk.live(), frame.scope());
      verify(Substance.of(reached, after), after);
      return new Outcome(plan.steps().stream().map(Step::sql).toList(), List.of(), reading.notes());
    }
  }

  private static void refuseLosses(Plan plan, Set<Hazard> allowed) {
    Set<Hazard> accepted = EnumSet.complementOf(EnumSet.of(Hazard.DATA_LOSS));
    accepted.addAll(allowed);
    List<Problem> missing = Permission.missing(plan, accepted);
    if (!missing.isEmpty()) {
      throw new ProblemException(missing);
    }
  }

  private static void verify(Catalog reached, Catalog after) {
    List<Change> left = Diff.between(reached, after);
    if (!left.isEmpty()) {
      throw Problem.of(
              "EVOLVE_NOT_REACHED",
              ProblemKind.INTERNAL,
              "every step ran, and the database is still not what was wanted")
          .withDetail(Evolution.described(left))
          .withRemedy("Repeat the command; if it says the same, report it with the schema.")
          .exception();
    }
  }
}
