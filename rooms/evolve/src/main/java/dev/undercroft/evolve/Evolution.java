package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads schemas, compares them, plans between them and carries plans out. Thread-safe. */
public final class Evolution {

  private static final int SHOWN = 20;

  /** How long counting rows may take altogether. */
  private static final Duration COUNTING = Duration.ofSeconds(20);

  private final Databases databases;
  private final SchemaEngine engine;
  private final Planning planner;

  /** Works with these databases of one kind. */
  public Evolution(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
    this.planner = engine.planning();
  }

  /** What a source says, and notes about it. */
  public Inspected inspect(Source source, Frame frame) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      desk.wish(0);
      Reading reading = desk.read(source);
      return new Inspected(
          reading.catalog(), engine.fresh(reading.catalog().server()), notes(reading), engine);
    }
  }

  /** What differs, and the steps from the first to the second; tried nowhere. */
  public Comparison compare(Source from, Source to, Frame frame, boolean online) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      return compare(sides(desk, from, to), frame, online);
    }
  }

  private static Both<Reading, Reading> sides(Desk desk, Source from, Source to) {
    if (!knowsVersion(from) && !knowsVersion(to)) {
      desk.wish(0);
    }
    return knowsVersion(to)
        ? swapped(Both.of(() -> desk.read(to), () -> desk.read(from)))
        : Both.of(() -> desk.read(from), () -> desk.read(to));
  }

  private static <A, B> Both<B, A> swapped(Both<A, B> both) {
    return new Both<>(both.second(), both.first());
  }

  private static boolean knowsVersion(Source source) {
    return switch (source) {
      case Source.Live live -> true;
      case Source.Written written -> true;
      case Source.Sql sql -> false;
      case Source.Migrations migrations -> false;
    };
  }

  Comparison compare(Both<Reading, Reading> sides, Frame frame, boolean online) {
    Reading from = sides.first();
    Reading to = sides.second();
    refuseOtherVersion(from, to);
    Catalog before = settled(from, to);
    Catalog wanted = settled(to, from);
    Catalog after =
        from.facts().isEmpty() || to.facts().isPresent()
            ? wanted
            : Ownership.settle(before, wanted, from.facts().get());
    from.facts().ifPresent(facts -> refuseMissingExtensions(before, after, facts, from.source()));
    Answers answers = frame.renames().in(engine.sql());
    Map<ObjectId, ObjectId> said = new HashMap<>(to.renames());
    said.putAll(answers.yes());
    Renames renames = new Renames(said).within(before, after);
    Plan plan = planner.plan(before, after, renames, new PlanOptions(online, ""));
    List<Change> changes = planner.changes(before, after, renames);
    List<Problem> notes = new ArrayList<>(notes(from));
    notes(to).stream().filter(note -> !notes.contains(note)).forEach(notes::add);
    List<Guess> guesses = Guess.in(before, after, renames, answers);
    return new Comparison(before, after, changes, plan, guesses, notes, "", List.of());
  }

  /** What a side says, where its silence means what the other side has. */
  static Catalog settled(Reading side, Reading other) {
    Catalog catalog = side.catalog();
    if (isPrisma(side) && !isPrisma(other)) {
      catalog = PrismaMeaning.settle(other.catalog(), catalog);
    }
    if (side.facts().isPresent() || other.facts().isEmpty()) {
      return catalog;
    }
    return OtherTools.kept(other.catalog(), catalog);
  }

  private static boolean isPrisma(Reading reading) {
    return reading.source() instanceof Source.Sql sql && sql.prisma();
  }

  private static void refuseOtherVersion(Reading from, Reading to) {
    if (!from.catalog().server().equals(to.catalog().server())) {
      throw Problem.of(
              "EVOLVE_OTHER_VERSION",
              ProblemKind.INPUT,
              "%s is of %s, and %s of %s"
                  .formatted(
                      from.source().shown(),
                      from.catalog().server(),
                      to.source().shown(),
                      to.catalog().server()))
          .withDetail("Servers of different versions print the same definitions differently.")
          .withRemedy(
              "Give --scratch the URL of a server of the version that the database has, or name"
                  + " its programs in engine.binaries.")
          .exception();
    }
  }

  private static void refuseMissingExtensions(
      Catalog before, Catalog after, SchemaEngine.Facts facts, Source target) {
    List<Problem> problems =
        after.ofKind(Kind.EXTENSION).stream()
            .map(CatalogObject::id)
            .filter(id -> !before.has(id) && !facts.extensions().contains(id.name()))
            .map(id ->
                Problem.of(
                        "EVOLVE_NO_EXTENSION",
                        ProblemKind.CONFLICT,
                        "the server of %s has no extension %s".formatted(target.shown(), id.name()))
                    .withRemedy(
                        "Let an administrator install it on the server, or leave it out of the"
                            + " wanted schema."))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static List<Problem> notes(Reading reading) {
    List<Problem> notes = new ArrayList<>(reading.notes());
    reading
        .catalog()
        .unmodelled()
        .forEach(one ->
            notes.add(
                Problem.of(
                        "EVOLVE_NOT_MODELLED",
                        ProblemKind.CONFLICT,
                        "%s: %s %s is neither compared nor changed"
                            .formatted(reading.source().shown(), one.what(), one.name()))
                    .withRemedy("Look after it by hand.")));
    return notes;
  }

  /**
   * Compares and plans as {@link #compare}. Where the first side is a database, the rows that the
   * hazards are about are counted there.
   *
   * @param prove whether the plan is tried on a copy of the first side
   */
  public Comparison plan(Source from, Source to, Frame frame, boolean online, boolean prove) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      Both<Reading, Reading> sides = sides(desk, from, to);
      Comparison comparison = counted(from, compare(sides, frame, online));
      return prove
          ? new Proof(desk, planner, sides, frame).noting().of(comparison, online)
          : comparison;
    }
  }

  private Comparison counted(Source from, Comparison comparison) {
    if (!(from instanceof Source.Live live) || comparison.plan().isEmpty()) {
      return comparison;
    }
    try (Connection connection = databases.open(live.url())) {
      return comparison.with(engine.count(connection, comparison.plan(), COUNTING));
    } catch (SQLException e) {
      throw Desk.gone(live.shown(), e);
    }
  }

  /**
   * Makes a database what the wanted schema says: plans, tries the plan on a copy, carries it out,
   * and reads the database back. What was committed before a failure stands, and the next call goes
   * on from there.
   *
   * @param target the database
   * @param to the wanted schema
   * @param order how to go about it
   * @throws ProblemException if hazards are not allowed, nobody consents, a step is refused, or the
   *     database is not what was wanted afterwards
   */
  public Applied apply(Source.Live target, Source to, Frame frame, Order order) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      Both<Reading, Reading> sides = Both.of(() -> desk.target(target), () -> desk.read(to));
      Comparison compared = compare(sides, frame, order.online());
      if (compared.plan().isEmpty()) {
        return new Applied(target.shown(), compared, 0);
      }
      Comparison counted = compared.with(engine.count(desk.live(), compared.plan(), COUNTING));
      order.expected().ifPresent(plan -> refuseIfMoved(target, counted.plan(), plan));
      Permission.demand(counted.plan(), order.allowed());
      RowsInTheWay.refuse(target, counted);
      Comparison proved = counted;
      if (order.prove()) {
        proved = new Proof(desk, planner, sides, frame).of(counted, order.online());
        Permission.demand(proved.plan(), order.allowed());
      }
      Thread clearing = desk.clearScratches();
      desk.ready();
      engine.run(desk.live(), proved.plan(), order.patience(), order.progress());
      verify(desk, proved, frame);
      waitFor(clearing);
      return new Applied(target.shown(), proved, proved.plan().steps().size());
    }
  }

  /** What tells one plan from another: both ends of it. */
  public static String mark(Plan plan) {
    return plan.beforeFingerprint() + "-" + plan.afterFingerprint();
  }

  private static void refuseIfMoved(Source.Live target, Plan now, String expected) {
    if (!mark(now).equals(expected)) {
      throw Problem.of(
              "EVOLVE_PLAN_STALE",
              ProblemKind.CONFLICT,
              target.shown() + " or the wanted schema has changed since this was planned")
          .withRemedy("Plan again, and look at it.")
          .exception();
    }
  }

  private static void waitFor(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How a plan shall be carried out.
   *
   * @param online whether locks that last are avoided at the price of more steps
   * @param prove whether it is tried on a copy before
   * @param patience how long steps wait for their locks, and how often
   * @param allowed hazards that are accepted
   * @param expected what {@link #mark} said of the plan that was agreed to; empty if none was
   * @param progress hears the steps
   */
  public record Order(
      boolean online,
      boolean prove,
      Patience patience,
      Set<Hazard> allowed,
      Optional<String> expected,
      Progress progress) {
    /** Copies the set. */
    public Order {
      allowed = Set.copyOf(allowed);
    }
  }

  private void verify(Desk desk, Comparison wanted, Frame frame) {
    Catalog reached = engine.introspector().read(desk.live(), frame.scope());
    List<Change> left = Diff.between(reached, wanted.after());
    if (!left.isEmpty()) {
      throw Problem.of(
              "EVOLVE_NOT_REACHED",
              ProblemKind.INTERNAL,
              "every step ran, and the database is still not what was wanted")
          .withDetail(described(left))
          .withRemedy("Repeat the command; if it says the same, report it with both schemas.")
          .exception();
    }
  }

  /** Changes in words, the first few of them. */
  static String described(List<Change> changes) {
    String text =
        changes.stream().limit(SHOWN).map(Described::of).collect(Collectors.joining("\n"));
    return changes.size() > SHOWN ? text + "\n… and " + (changes.size() - SHOWN) + " more" : text;
  }
}
