package dev.undercroft.sqliteschema;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.catalog.Attribute;
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
import dev.undercroft.schema.RenameNotes;
import dev.undercroft.schema.Scope;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.SqlSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Goes from one schema to another with rows in the tables, and says what is wrong afterwards. What
 * SQLite's pragmas say is asked as well, so that the catalog does not only agree with itself.
 */
final class Check {

  private static final PlanOptions PLAIN = new PlanOptions(false, "");

  private final SqliteSchemas engine = new SqliteSchemas();

  /** There and back; each line names the pair and what is wrong. */
  List<String> run(Pair pair) {
    List<String> wrong = new ArrayList<>();
    for (Pair way : List.of(pair, pair.reversed())) {
      try (Connection database = Memory.open();
          Connection wanted = Memory.open()) {
        one(way, database, wanted, wrong);
      } catch (SQLException | RuntimeException e) {
        String detail = e instanceof ProblemException problem ? " " + problem.problems() : "";
        wrong.add(way + ": " + e + detail);
      }
    }
    return wrong;
  }

  private void one(Pair pair, Connection database, Connection wanted, List<String> wrong)
      throws SQLException {
    Catalog before = load(database, pair.before());
    Catalog after = load(wanted, pair.after());
    seed(database, pair.seedBefore(), before);
    Renames renames = new Renames(RenameNotes.in(List.of(pair.after()), after, Dialect.SQLITE));
    Plan plan = engine.planning().plan(before, after, renames, PLAIN);
    Map<String, List<String>> rows = Facts.rows(database, before);
    boolean kept = apply(pair, database, plan, before, wrong);
    Catalog reached = read(database);
    List<Change> left = Diff.between(reached, after);
    left.forEach(change -> wrong.add(pair + ": left " + change + "\n" + plan.sql()));
    if (!engine.planning().plan(reached, after, PLAIN).isEmpty()) {
      wrong.add(pair + ": a second plan is not empty");
    }
    compare(pair, "pragmas", Facts.pragmas(wanted), Facts.pragmas(database), wrong);
    for (String check : List.of("integrity_check", "foreign_key_check")) {
      List<String> said = Facts.query(database, "PRAGMA " + check);
      if (!said.isEmpty() && !said.equals(List.of("ok"))) {
        wrong.add(pair + ": " + check + " says " + said);
      }
    }
    if (kept) {
      survivors(pair, renames.within(before, after), plan, rows, Facts.rows(database, reached))
          .forEach(wrong::add);
    }
  }

  private Catalog load(Connection connection, SqlSource source) {
    engine.load(connection, List.of(source));
    return read(connection);
  }

  private Catalog read(Connection connection) {
    return engine.introspector().read(connection, Scope.ALL);
  }

  private void seed(Connection database, String seed, Catalog catalog) throws SQLException {
    if (seed.isEmpty()) {
      engine.samples().fill(database, catalog);
    } else {
      Facts.execute(database, seed);
    }
  }

  /** Whether rows were there; a plan that foretold that it may fail is repeated without. */
  private boolean apply(
      Pair pair, Connection database, Plan plan, Catalog before, List<String> wrong)
      throws SQLException {
    List<String> whole = Facts.query(database, "SELECT name, sql FROM sqlite_schema ORDER BY 1");
    try {
      engine.run(database, plan, Patience.USUAL, Progress.NONE);
      return true;
    } catch (ProblemException e) {
      compare(
          pair,
          "schema after a refusal",
          whole,
          Facts.query(database, "SELECT name, sql FROM sqlite_schema ORDER BY 1"),
          wrong);
      if (!plan.hazards().contains(Hazard.MAY_FAIL)) {
        throw e;
      }
      Set<ObjectId> tables =
          before.ofKind(Kind.TABLE).stream()
              .filter(table -> !table.has(Attribute.ACCESS_METHOD))
              .map(CatalogObject::id)
              .collect(Collectors.toSet());
      engine.samples().empty(database, tables);
      engine.run(database, plan, Patience.USUAL, Progress.NONE);
      return false;
    }
  }

  private static void compare(
      Pair pair, String what, List<String> wanted, List<String> now, List<String> wrong) {
    List<String> missing = new ArrayList<>(wanted);
    missing.removeAll(now);
    List<String> extra = new ArrayList<>(now);
    extra.removeAll(wanted);
    if (!missing.isEmpty() || !extra.isEmpty()) {
      wrong.add("%s: %s: missing %s, too many %s".formatted(pair, what, missing, extra));
    }
  }

  /** Columns whose values are not what they were, unless the plan said so. */
  private static List<String> survivors(
      Pair pair,
      Renames renames,
      Plan plan,
      Map<String, List<String>> rows,
      Map<String, List<String>> now) {
    List<String> lost = new ArrayList<>();
    String declared =
        plan.steps().stream()
            .flatMap(step -> step.warnings().stream())
            .filter(warning -> warning.hazard() == Hazard.DATA_LOSS)
            .map(warning -> warning.sentence())
            .collect(Collectors.joining("\n"));
    Map<String, String> names = new TreeMap<>();
    renames.names().forEach((from, to) -> names.put(from.toString(), to.toString()));
    rows.forEach((column, values) -> {
      String table = column.substring(0, column.lastIndexOf('.'));
      String parent = "table " + table.substring("column ".length());
      String here = names.getOrDefault(column, column);
      String moved = names.get(parent);
      String renamed =
          moved != null && !names.containsKey(column)
              ? "column " + moved.substring("table ".length()) + column.substring(table.length())
              : here;
      boolean said = declared.contains(column + " ") || declared.contains(parent + " ");
      if (!said && !values.equals(now.get(renamed))) {
        lost.add(
            "%s: %s was %s and is %s\n%s"
                .formatted(pair, column, values, now.get(renamed), plan.sql()));
      }
    });
    return lost;
  }
}
