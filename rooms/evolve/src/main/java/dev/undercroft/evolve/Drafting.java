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
import dev.undercroft.migrate.MigrationText;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Patience;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planning;
import dev.undercroft.plan.Step;
import dev.undercroft.schema.ScratchServer.Scratch;
import dev.undercroft.sql.SqlSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Drafts migrations: what the old ones give is compared with the wanted schema, and the difference
 * is written as a migration and its undoing, both tried on a copy with rows. Thread-safe.
 */
public final class Drafting {

  private final Databases databases;
  private final SchemaEngine engine;
  private final Evolution evolution;
  private final Planning planner;

  /** Works with these databases of one kind. */
  public Drafting(Databases databases, SchemaEngine engine) {
    this.databases = databases;
    this.engine = engine;
    this.evolution = new Evolution(databases, engine);
    this.planner = engine.planning();
  }

  /**
   * Drafts the next migration.
   *
   * @param migrations the folder of those there are
   * @param wanted the wanted schema
   * @throws ProblemException if either cannot be loaded, or the draft does not lead to the wanted
   *     schema on a copy
   */
  public Draft draft(Path migrations, Source wanted, Frame frame) {
    try (Desk desk = new Desk(databases, engine, frame)) {
      desk.wish(0);
      Reading to = desk.read(wanted);
      List<SqlSource> old =
          MigrationText.read(migrations).stream().map(MigrationText::script).toList();
      Source source = new Source.Migrations(migrations.toString(), migrations);
      Reading from = desk.replayed(source, old, to.catalog().server().major());
      Comparison comparison = evolution.compare(new Both<>(from, to), frame, false);
      if (comparison.plan().isEmpty() || !comparison.guesses().isEmpty()) {
        return new Draft("", "", comparison, List.of());
      }
      Draft draft = tried(desk, comparison, to);
      List<SqlSource> all = new ArrayList<>(old);
      all.add(new SqlSource("migration.sql", draft.up()));
      databases.replays().ifPresent(cache -> cache.open().keep(all, comparison.after()));
      return draft;
    }
  }

  private Draft tried(Desk desk, Comparison comparison, Reading wanted) {
    String up = engine.migration(comparison.plan());
    String down = engine.migration(back(comparison));
    List<String> lines = new ArrayList<>();
    try {
      Scratch copy = copyOf(desk, comparison, wanted);
      if (!undone(copy.connection(), down, comparison.before(), lines)) {
        down = "";
        copy = made(desk, comparison.before());
      }
      lines.add(done(copy.connection(), up, comparison));
      return new Draft(up, down, comparison, lines);
    } catch (SQLException e) {
      throw Problem.of("EVOLVE_NOT_TRIED", ProblemKind.EXTERNAL, "the scratch server went away")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that it runs, and repeat the command.")
          .exception(e);
    }
  }

  /** A database with the wanted schema; the one it was read from may be in need of a change. */
  private Scratch copyOf(Desk desk, Comparison comparison, Reading wanted) {
    return wanted
        .scratch()
        .filter(scratch -> comparison.after().equals(wanted.catalog()))
        .orElseGet(() -> made(desk, comparison.after()));
  }

  private Scratch made(Desk desk, Catalog catalog) {
    Scratch copy = desk.scratch();
    Catalog fresh = engine.fresh(catalog.server());
    Plan whole = planner.plan(fresh, catalog, new PlanOptions(false, ""));
    engine.run(copy.connection(), whole, Patience.ENDLESS, Progress.NONE);
    return copy;
  }

  private Plan back(Comparison comparison) {
    Map<ObjectId, ObjectId> names = new HashMap<>();
    for (Change change : comparison.changes()) {
      if (change instanceof Change.Renamed renamed) {
        names.put(renamed.to(), renamed.from());
      }
    }
    Catalog from = comparison.after();
    Catalog to = comparison.before();
    return planner.plan(from, to, new Renames(names), new PlanOptions(false, ""));
  }

  private boolean undone(Connection copy, String down, Catalog before, List<String> lines) {
    try {
      List<Problem> _ = Replay.run(copy, List.of(new SqlSource("down.sql", down)), engine);
      List<Change> left = Diff.between(read(copy), before);
      lines.add(
          left.isEmpty()
              ? "undo: leads back exactly"
              : "undo: left out, it does not lead back: " + Described.of(left.getFirst()));
      return left.isEmpty();
    } catch (ProblemException e) {
      lines.add("undo: left out, it cannot be made: " + e.first().message());
      return false;
    }
  }

  private String done(Connection copy, String up, Comparison comparison) throws SQLException {
    engine.samples().fill(copy, comparison.before());
    Map<ObjectId, Long> rows = engine.samples().counts(copy, comparison.before());
    long sum = rows.values().stream().mapToLong(Long::longValue).sum();
    boolean withRows = run(copy, up, comparison, rows);
    List<Change> left = Diff.between(read(copy), comparison.after());
    if (!left.isEmpty()) {
      throw failed(Evolution.described(left)).exception();
    }
    return withRows
        ? "tried on a copy with %d rows: leads to the wanted schema".formatted(sum)
        : "tried on a copy without rows, because sample rows broke a new rule";
  }

  /** Whether the rows were there; a rule that may fail is tried again without them. */
  private boolean run(Connection copy, String up, Comparison comparison, Map<ObjectId, Long> rows)
      throws SQLException {
    List<SqlSource> script = List.of(new SqlSource("migration.sql", up));
    try {
      List<Problem> _ = Replay.run(copy, script, engine);
    } catch (ProblemException e) {
      boolean foretold = comparison.plan().hazards().contains(Hazard.MAY_FAIL);
      if (!foretold || up.startsWith("-- undercroft:no-transaction")) {
        throw failed(e.first().message()).exception(e);
      }
      engine.samples().empty(copy, rows.keySet());
      List<Problem> _ = Replay.run(copy, script, engine);
      return false;
    }
    rowsKept(copy, comparison, rows);
    return true;
  }

  private void rowsKept(Connection copy, Comparison comparison, Map<ObjectId, Long> rows)
      throws SQLException {
    Set<ObjectId> declared =
        comparison.plan().steps().stream()
            .filter(
                step -> step.warnings().stream().anyMatch(one -> one.hazard() == Hazard.DATA_LOSS))
            .map(Step::subject)
            .collect(Collectors.toSet());
    Map<ObjectId, ObjectId> renamed = new HashMap<>();
    for (Change change : comparison.changes()) {
      if (change instanceof Change.Renamed one) {
        renamed.put(one.from(), one.to());
      }
    }
    Map<ObjectId, Long> now = engine.samples().counts(copy, comparison.after());
    for (Map.Entry<ObjectId, Long> one : rows.entrySet()) {
      ObjectId table = renamed.getOrDefault(one.getKey(), one.getKey());
      if (!declared.contains(table) && !Objects.equals(now.get(table), one.getValue())) {
        throw failed("%s had %d rows and has %s".formatted(table, one.getValue(), now.get(table)))
            .exception();
      }
    }
  }

  private static Problem failed(String detail) {
    return Problem.of(
            "EVOLVE_PROOF_FAILED",
            ProblemKind.CONFLICT,
            "on a copy the migration did not do what it should; nothing was written")
        .withDetail(detail)
        .withRemedy("Take the change in smaller steps, or write the migration by hand.");
  }

  private Catalog read(Connection copy) {
    return engine.introspector().read(copy, dev.undercroft.schema.Scope.ALL);
  }
}
