package dev.undercroft.acceptance;

import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgddl.PlanRunner;
import dev.undercroft.pgddl.PostgresDialect;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planner;
import dev.undercroft.plan.Step;
import dev.undercroft.schema.RenameNotes;
import dev.undercroft.schema.Scope;
import dev.undercroft.schema.ScratchServer;
import dev.undercroft.schema.SqlLoader;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Goes from the first schema of a pair to the second and from the second to the first, with rows in
 * the tables, and says what is not as it should be.
 */
final class Check {

  /** Compares databases by other means than ours. */
  interface Witness {
    /** What it knows of a database. */
    List<String> statement(Connection database) throws Exception;

    /** How two statements differ; empty when they agree. */
    List<String> differences(List<String> live, List<String> wanted);

    /** Knows nothing. */
    Witness NONE =
        new Witness() {
          @Override
          public List<String> statement(Connection database) {
            return List.of();
          }

          @Override
          public List<String> differences(List<String> live, List<String> wanted) {
            return List.of();
          }
        };
  }

  /** One end of a pair: the database, and what was known of it when nothing was done to it yet. */
  private record End(Connection live, SqlSource text, Catalog catalog, List<String> statement) {}

  private final ScratchServer server;
  private final Witness witness;
  private final PlanOptions options;
  private final PostgresIntrospector introspector = new PostgresIntrospector();
  private final Planner planner = new Planner(new PostgresDialect());

  Check(ScratchServer server, Witness witness, boolean online) {
    this.server = server;
    this.witness = witness;
    this.options = new PlanOptions(online, "");
  }

  /** What is wrong, in words, on the way there and on the way back; empty when nothing is. */
  List<String> run(Pair pair) {
    List<String> wrong = new ArrayList<>();
    try (ScratchServer.Scratch first = server.create();
        ScratchServer.Scratch second = server.create()) {
      End one = end(first.connection(), pair.before());
      End other = end(second.connection(), pair.after());
      both(pair, one, other, wrong);
    } catch (Exception e) {
      wrong.add(pair.name() + ": failed: " + told(e));
    }
    return wrong;
  }

  private void both(Pair pair, End one, End other, List<String> wrong) {
    List<String> there = go(one, other, pair.seedBefore(), true);
    List<String> back = go(other, one, pair.seedAfter(), true);
    report(isAsWarned(there) ? withoutRows(pair) : there, pair, wrong);
    report(isAsWarned(back) ? withoutRows(pair.reversed()) : back, pair.reversed(), wrong);
  }

  private static void report(List<String> found, Pair pair, List<String> wrong) {
    found.forEach(line -> wrong.add(pair.name() + ": " + line));
  }

  /** A row may break a new rule; that the plan said so is enough, and without rows it must work. */
  private static boolean isAsWarned(List<String> wrong) {
    return wrong.size() == 1 && wrong.getFirst().startsWith("as warned");
  }

  private List<String> withoutRows(Pair pair) {
    try (ScratchServer.Scratch first = server.create();
        ScratchServer.Scratch second = server.create()) {
      return go(
          end(first.connection(), pair.before()),
          end(second.connection(), pair.after()),
          "",
          false);
    } catch (Exception e) {
      return List.of("failed: " + told(e));
    }
  }

  private End end(Connection connection, SqlSource text) throws Exception {
    SqlLoader.load(connection, List.of(text));
    Catalog catalog = introspector.read(connection, Scope.ALL);
    return new End(connection, text, catalog, witness.statement(connection));
  }

  private static String told(Exception e) {
    if (e instanceof ProblemException problems) {
      return problems.problems().stream()
          .map(problem -> problem.message() + "\n" + problem.detail())
          .collect(Collectors.joining("\n"));
    }
    return e + " at " + List.of(e.getStackTrace()).stream().limit(6).toList();
  }

  private List<String> go(End from, End to, String seed, boolean withRows) {
    List<String> wrong = new ArrayList<>();
    try {
      Renames renames =
          new Renames(RenameNotes.in(List.of(to.text), to.catalog, Dialect.POSTGRESQL));
      if (withRows) {
        seed(from.live, seed);
        Rows.fill(from.live, from.catalog);
      }
      apply(from, to, renames, withRows, wrong);
      return wrong;
    } catch (Exception e) {
      return List.of("failed: " + told(e));
    }
  }

  private static void seed(Connection live, String seed) throws SQLException {
    if (!seed.isEmpty()) {
      try (Statement statement = live.createStatement()) {
        statement.execute(seed);
      }
    }
  }

  private void apply(End from, End to, Renames renames, boolean withRows, List<String> wrong)
      throws Exception {
    Plan plan = planner.plan(from.catalog, to.catalog, renames, options);
    Evidence evidence = Evidence.before(from.live, from.catalog, to.catalog);
    Plan measured;
    try {
      measured = PlanRunner.measure(from.live, plan);
    } catch (RuntimeException e) {
      boolean warned = plan.hazards().contains(Hazard.MAY_FAIL) && isAboutRows(e);
      wrong.add((withRows && warned ? "as warned: " : "refused: ") + told(e));
      if (!isAsWarned(wrong)) {
        wrong.add(plan.sql());
      }
      return;
    }
    unforeseen(plan, measured, wrong);
    Catalog reached = introspector.read(from.live, Scope.ALL);
    for (Change change : Diff.between(reached, to.catalog)) {
      wrong.add("not reached: " + describe(change));
    }
    Plan second = planner.plan(reached, to.catalog, options);
    second.steps().forEach(step -> wrong.add("second plan: " + step.sql()));
    evidence.lost(from.live, plan, renames, wrong);
    if (wrong.isEmpty()) {
      wrong.addAll(witness.differences(witness.statement(from.live), to.statement));
    }
    if (Boolean.getBoolean("recreated")) {
      evidence.recreated(from.live).forEach(what -> wrong.add("recreated " + what));
    }
    if (!wrong.isEmpty()) {
      wrong.add(plan.sql());
    }
  }

  /** Stronger locks and more work than the plan told. */
  private static void unforeseen(Plan plan, Plan measured, List<String> wrong) {
    for (int at = 0; at < plan.steps().size(); at++) {
      Step told = plan.steps().get(at);
      Step seen = measured.steps().get(at);
      if (seen.lock().compareTo(told.lock()) > 0 && seen.lock().compareTo(Lock.SHARE) >= 0) {
        wrong.add("took %s, told %s: %s".formatted(seen.lock(), told.lock(), told.sql()));
      }
      if (seen.warnings().size() > told.warnings().size()) {
        wrong.add(
            "not foretold: %s: %s".formatted(seen.warnings().getLast().sentence(), told.sql()));
      }
    }
  }

  /** Classes 22 and 23: a value that does not fit, a constraint that a row breaks. */
  private static boolean isAboutRows(RuntimeException e) {
    return e.getCause() instanceof SQLException refused
        && (refused.getSQLState().startsWith("22") || refused.getSQLState().startsWith("23"));
  }

  private static String describe(Change change) {
    if (change instanceof Change.Altered altered) {
      return altered.id()
          + altered.attributes().stream()
              .map(a ->
                  " %s: '%s' instead of '%s'"
                      .formatted(a, altered.before().get(a), altered.after().get(a)))
              .collect(Collectors.joining());
    }
    return change.getClass().getSimpleName() + ' ' + change.id();
  }
}
