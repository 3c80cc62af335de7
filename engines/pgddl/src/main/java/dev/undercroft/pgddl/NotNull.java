package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Transaction;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;

/** Not-null constraints: a flag of the column up to 17, constraints of their own since 18. */
final class NotNull {

  private NotNull() {}

  static List<Step> alter(Change.Altered change, Situation situation) {
    List<Step> steps = new ArrayList<>();
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    boolean was = before.has(Attribute.NOT_NULL);
    boolean is = after.has(Attribute.NOT_NULL);
    if (was && !is && change.touches(Attribute.NOT_NULL)) {
      steps.add(ColumnDdl.alterTable(after, column(after) + "DROP NOT NULL"));
      NotNullChildren.restored(after.id(), situation)
          .forEach(child -> add(child, situation, steps));
    } else if (!was && is && change.touches(Attribute.NOT_NULL)) {
      for (Change.Altered child : NotNullChildren.renamed(after.id(), situation)) {
        rename(child, steps);
      }
      add(after, situation, steps);
    } else if (was && is && !NotNullChildren.isFollowing(change, situation)) {
      restate(change, steps);
    }
    return steps;
  }

  private static void rename(Change.Altered change, List<Step> steps) {
    steps.add(
        ColumnDdl.alterTable(
            change.after(),
            "RENAME CONSTRAINT %s TO %s".formatted(name(change.before()), name(change.after()))));
  }

  private static void restate(Change.Altered change, List<Step> steps) {
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    if (change.touches(Attribute.NOT_NULL_NAME)) {
      rename(change, steps);
    }
    if (before.has(Attribute.NOT_NULL_UNCHECKED) && !after.has(Attribute.NOT_NULL_UNCHECKED)) {
      steps.add(mayFail(after, validate(after)));
    } else if (change.touches(Attribute.NOT_NULL_UNCHECKED)) {
      steps.add(ColumnDdl.alterTable(after, column(after) + "DROP NOT NULL"));
      steps.add(unchecked(after));
    }
    if (change.touches(Attribute.NOT_NULL_NO_INHERIT)) {
      String word = after.has(Attribute.NOT_NULL_NO_INHERIT) ? "NO INHERIT" : "INHERIT";
      steps.add(ColumnDdl.alterTable(after, "ALTER CONSTRAINT " + name(after) + ' ' + word));
    }
  }

  private static void add(CatalogObject after, Situation situation, List<Step> steps) {
    if (after.has(Attribute.NOT_NULL_UNCHECKED)) {
      steps.add(unchecked(after));
      return;
    }
    boolean since18 = situation.after().server().since(18);
    boolean online = situation.options().online() && isOrdinary(after, situation);
    if (since18 && online) {
      steps.add(unchecked(after).in(Transaction.COMMIT_AFTER));
      steps.add(mayFail(after, validate(after)).in(Transaction.ALONE));
    } else if (since18) {
      steps.add(
          mayFail(after, scanning(after, ColumnDdl.alterTable(after, "ADD " + clause(after)))));
    } else if (online) {
      throughCheck(after, situation, steps);
    } else {
      steps.add(
          mayFail(
              after, scanning(after, ColumnDdl.alterTable(after, column(after) + "SET NOT NULL"))));
    }
  }

  /** The check proves it while writes go on; the server then believes it without looking. */
  private static void throughCheck(CatalogObject column, Situation situation, List<Step> steps) {
    ObjectId id = Passing.check(column.id());
    String check = Names.quoted(id.name());
    CatalogObject left = situation.before().get(id);
    if (left == null) {
      steps.add(
          ColumnDdl.alterTable(
                  column,
                  "ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID"
                      .formatted(check, Names.quoted(column.id().name())))
              .in(Transaction.COMMIT_AFTER));
    }
    if (left == null || left.has(Attribute.NOT_VALID)) {
      steps.add(
          mayFail(
              column,
              ColumnDdl.alterTable(column, "VALIDATE CONSTRAINT " + check)
                  .locking(Lock.SHARE_UPDATE_EXCLUSIVE)
                  .working(Work.SCAN)
                  .in(Transaction.ALONE)));
    }
    steps.add(ColumnDdl.alterTable(column, column(column) + "SET NOT NULL"));
    steps.add(ColumnDdl.alterTable(column, "DROP CONSTRAINT " + check));
  }

  /** Whether this check goes by the steps of a column that it helps to become not null. */
  static boolean isPassing(ObjectId check, Situation situation) {
    return Passing.isOurs(check)
        && situation.options().online()
        && !situation.after().server().since(18)
        && situation.altered().values().stream()
            .filter(change -> change.id().kind() == Kind.COLUMN)
            .filter(change -> Passing.check(change.id()).equals(check))
            .anyMatch(change -> isThroughCheck(change, situation));
  }

  private static boolean isThroughCheck(Change.Altered change, Situation situation) {
    return !change.before().has(Attribute.NOT_NULL)
        && change.after().has(Attribute.NOT_NULL)
        && !change.after().has(Attribute.NOT_NULL_UNCHECKED)
        && isOrdinary(change.after(), situation);
  }

  private static boolean isOrdinary(CatalogObject column, Situation situation) {
    return situation
        .after()
        .find(column.id().relation(Kind.TABLE))
        .map(table -> !table.has(Attribute.PARTITION_KEY))
        .orElse(false);
  }

  private static Step mayFail(CatalogObject column, Step step) {
    return step.warning(
        new Warning(
            Hazard.MAY_FAIL,
            "This fails if a row has no value in %s.".formatted(column.id()),
            "SELECT count(*) FROM %s WHERE %s IS NULL"
                .formatted(Names.parent(column.id()), Names.quoted(column.id().name()))));
  }

  private static Step scanning(CatalogObject column, Step step) {
    return step.working(Work.SCAN)
        .warning(
            Hazard.TABLE_SCAN,
            "All rows are read for %s while nobody can use the table.".formatted(column.id()));
  }

  private static String column(CatalogObject column) {
    return "ALTER COLUMN " + Names.quoted(column.id().name()) + ' ';
  }

  private static String clause(CatalogObject column) {
    String noInherit = column.has(Attribute.NOT_NULL_NO_INHERIT) ? " NO INHERIT" : "";
    return "CONSTRAINT %s NOT NULL %s%s"
        .formatted(name(column), Names.quoted(column.id().name()), noInherit);
  }

  static Step unchecked(CatalogObject column) {
    return ColumnDdl.alterTable(column, "ADD " + clause(column) + " NOT VALID");
  }

  private static Step validate(CatalogObject column) {
    return ColumnDdl.alterTable(column, "VALIDATE CONSTRAINT " + name(column))
        .locking(Lock.SHARE_UPDATE_EXCLUSIVE)
        .working(Work.SCAN);
  }

  static String name(CatalogObject column) {
    ObjectId id = column.id();
    return Names.quoted(
        column.find(Attribute.NOT_NULL_NAME).orElse(id.parent() + '_' + id.name() + "_not_null"));
  }
}
