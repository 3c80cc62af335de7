package dev.undercroft.acceptance;

import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.diff.Diff;
import dev.undercroft.diff.Renames;
import dev.undercroft.pgcatalog.PostgresIntrospector;
import dev.undercroft.pgddl.PlanRunner;
import dev.undercroft.pgddl.PostgresDialect;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Plan;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planner;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Work;
import dev.undercroft.schema.RenameNotes;
import dev.undercroft.schema.Scope;
import dev.undercroft.schema.ScratchServer;
import dev.undercroft.schema.SqlLoader;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Goes from the first schema of a pair to the second with rows in the tables, and says what is not
 * as it should be.
 */
final class Check {

  /** Compares two databases by other means than ours; gives what differs. */
  @FunctionalInterface
  interface Witness {
    List<String> differences(Connection live, Connection wanted) throws Exception;
  }

  private final ScratchServer server;
  private final Witness witness;
  private final boolean online;
  private final PostgresIntrospector introspector = new PostgresIntrospector();
  private final Planner planner = new Planner(new PostgresDialect());

  Check(ScratchServer server, Witness witness, boolean online) {
    this.server = server;
    this.witness = witness;
    this.online = online;
  }

  /** What is wrong, in words; empty when nothing is. */
  List<String> run(Pair pair) {
    List<String> wrong = run(pair, true);
    // A row may break a new rule; that the plan said so is enough, and without rows it must work.
    return wrong.size() == 1 && wrong.getFirst().startsWith("as warned") ? run(pair, false) : wrong;
  }

  private List<String> run(Pair pair, boolean rows) {
    try (ScratchServer.Scratch wanted = server.create();
        ScratchServer.Scratch live = server.create()) {
      SqlLoader.load(wanted.connection(), List.of(pair.after()));
      SqlLoader.load(live.connection(), List.of(pair.before()));
      return apply(live.connection(), wanted.connection(), pair.after(), rows);
    } catch (Exception e) {
      return List.of("failed: " + told(e));
    }
  }

  /** Whether the schema loads at all. */
  void load(SqlSource source) {
    try (ScratchServer.Scratch scratch = server.create()) {
      SqlLoader.load(scratch.connection(), List.of(source));
    }
  }

  private static String told(Exception e) {
    if (e instanceof dev.undercroft.base.ProblemException problems) {
      return problems.problems().stream()
          .map(problem -> problem.message() + "\n" + problem.detail())
          .collect(Collectors.joining("\n"));
    }
    return e + " at " + List.of(e.getStackTrace()).stream().limit(6).toList();
  }

  private List<String> apply(Connection live, Connection wanted, SqlSource text, boolean withRows)
      throws Exception {
    Catalog before = introspector.read(live, Scope.ALL);
    Catalog after = introspector.read(wanted, Scope.ALL);
    PlanOptions options = new PlanOptions(online, "");
    Renames renames = new Renames(RenameNotes.in(List.of(text), after));
    Plan plan = planner.plan(before, after, renames, options);
    if (withRows) {
      Rows.fill(live, before);
    }
    Map<ObjectId, Long> rows = Rows.counts(live, before);
    Map<String, Long> files = Rows.files(live);
    List<String> wrong = new ArrayList<>();
    try {
      PlanRunner.run(live, plan, Progress.NONE);
    } catch (RuntimeException e) {
      if (withRows && plan.hazards().contains(Hazard.MAY_FAIL) && isAboutRows(e)) {
        return List.of("as warned: " + told(e));
      }
      wrong.add("refused: " + told(e));
      wrong.add(plan.sql());
      return wrong;
    }
    Catalog reached = introspector.read(live, Scope.ALL);
    for (Change change : Diff.between(reached, after)) {
      wrong.add("not reached: " + describe(change));
    }
    Plan second = planner.plan(reached, after, options);
    second.steps().forEach(step -> wrong.add("second plan: " + step.sql()));
    rowsKept(live, rows, reached, plan, wrong);
    Map<String, Long> expected = new TreeMap<>(files);
    expected.keySet().removeIf(name -> isDeclared(name, before, plan));
    filesKept(before, after, expected, Rows.files(live), wrong);
    if (wrong.isEmpty()) {
      wrong.addAll(witness.differences(live, wanted));
    }
    if (!wrong.isEmpty()) {
      wrong.add(plan.sql());
    }
    return wrong;
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

  private static void rowsKept(
      Connection live, Map<ObjectId, Long> rows, Catalog reached, Plan plan, List<String> wrong)
      throws SQLException {
    Set<ObjectId> declared =
        plan.steps().stream()
            .filter(step -> step.warnings().stream().anyMatch(w -> w.hazard() == Hazard.DATA_LOSS))
            .map(Step::subject)
            .collect(Collectors.toSet());
    Map<ObjectId, Long> now = Rows.counts(live, reached);
    rows.forEach((table, count) -> {
      if (!declared.contains(table) && !count.equals(now.get(table))) {
        wrong.add("%s had %d rows, now %s".formatted(table, count, now.get(table)));
      }
    });
  }

  /** Whether the plan says that the file of this table or index is written anew. */
  private static boolean isDeclared(String name, Catalog before, Plan plan) {
    return plan.steps().stream()
        .filter(step -> step.work() == Work.REWRITE || step.work() == Work.INDEX)
        .map(Step::subject)
        .anyMatch(id -> {
          String own = id.schema() + '.' + id.name();
          String parent = id.schema() + '.' + id.parent();
          String table = tableOf(before, name);
          return List.of(own, parent).contains(name) || parent.equals(table);
        });
  }

  /** Tables and indexes that nobody speaks of keep their files. */
  private static void filesKept(
      Catalog before,
      Catalog after,
      Map<String, Long> files,
      Map<String, Long> now,
      List<String> wrong) {
    Set<String> touched = new HashSet<>();
    for (Change change : Diff.between(before, after)) {
      ObjectId id = change.id();
      touched.add(id.schema() + '.' + id.name());
      touched.add(id.schema() + '.' + id.parent());
      if (id.kind() == Kind.ENUM || id.kind() == Kind.DOMAIN) {
        before
            .neededBy(id)
            .forEach(need -> touched.add(need.from().schema() + '.' + need.from().parent()));
      }
    }
    files.forEach((name, file) -> {
      boolean ofTouched =
          touched.contains(name)
              || touched.contains(tableOf(before, name))
              || !now.containsKey(name);
      if (!ofTouched && !file.equals(now.get(name))) {
        wrong.add(name + " has another file");
      }
    });
  }

  private static String tableOf(Catalog catalog, String index) {
    for (CatalogObject object : catalog.ofKind(Kind.INDEX)) {
      if ((object.id().schema() + '.' + object.id().name()).equals(index)) {
        return object.get(Attribute.TABLE).replace('\t', '.');
      }
    }
    for (CatalogObject object : catalog.ofKind(Kind.CONSTRAINT)) {
      if ((object.id().schema() + '.' + object.id().name()).equals(index)) {
        return object.id().schema() + '.' + object.id().parent();
      }
    }
    return "";
  }
}
