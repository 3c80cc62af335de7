package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns that draw from a hidden sequence: how they become so, and how the sequence changes. */
final class Identity {

  private static final Pattern BOUNDS = Pattern.compile("MINVALUE (-?\\d+) MAXVALUE (-?\\d+)");
  private static final Map<String, Integer> BYTES =
      Map.of("smallint", 2, "integer", 4, "bigint", 8);

  private Identity() {}

  /** Whether the column's type gets smaller, so that the sequence must be bounded before. */
  static boolean narrows(Change.Altered change) {
    return change.before().has(Attribute.IDENTITY)
        && change.touches(Attribute.TYPE)
        && size(change.after()) < size(change.before());
  }

  private static int size(CatalogObject column) {
    return BYTES.getOrDefault(column.get(Attribute.TYPE), 0);
  }

  static List<Step> alter(Change.Altered change) {
    List<Step> steps = new ArrayList<>();
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    if (!after.has(Attribute.IDENTITY)) {
      return steps;
    }
    String when = after.get(Attribute.IDENTITY);
    if (!before.has(Attribute.IDENTITY)) {
      if (change.touches(Attribute.IDENTITY)) {
        String options = ColumnText.identityOptions(after);
        steps.add(ColumnDdl.alterColumn(after, "ADD GENERATED " + when + " AS IDENTITY" + options));
        steps.add(beyondRows(after));
      }
      return steps;
    }
    if (change.touches(Attribute.IDENTITY)) {
      steps.add(ColumnDdl.alterColumn(after, "SET GENERATED " + when));
    }
    if (change.touches(Attribute.IDENTITY_OPTIONS)) {
      fit(change, steps);
      steps.add(ColumnDdl.alterColumn(after, settings(after.get(Attribute.IDENTITY_OPTIONS))));
    }
    if (change.touches(Attribute.IDENTITY_NAME)) {
      steps.add(Renaming.hiddenSequence(change));
    }
    return steps;
  }

  private static Step beyondRows(CatalogObject column) {
    String name = Names.quoted(column.id().name());
    return Step.of(
        column.id(),
        "SELECT setval(%s, max(%s)) FROM %s HAVING max(%s) IS NOT NULL"
            .formatted(sequence(column), name, Names.parent(column.id()), name));
  }

  private static String sequence(CatalogObject column) {
    return "pg_get_serial_sequence(%s, %s)"
        .formatted(Names.literal(Names.parent(column.id())), Names.literal(column.id().name()));
  }

  /** Brings the present value between the new bounds, where these are tighter. */
  private static void fit(Change.Altered change, List<Step> steps) {
    CatalogObject after = change.after();
    Matcher old = BOUNDS.matcher(change.before().get(Attribute.IDENTITY_OPTIONS));
    Matcher now = BOUNDS.matcher(after.get(Attribute.IDENTITY_OPTIONS));
    if (!old.find() || !now.find()) {
      return;
    }
    long oldLeast = Long.parseLong(old.group(1));
    long oldMost = Long.parseLong(old.group(2));
    long least = Long.parseLong(now.group(1));
    long most = Long.parseLong(now.group(2));
    if (least <= oldLeast && most >= oldMost) {
      return;
    }
    steps.add(
        ColumnDdl.alterColumn(
            after,
            "SET MINVALUE %d SET MAXVALUE %d"
                .formatted(Math.min(least, oldLeast), Math.max(most, oldMost))));
    steps.add(
        Step.of(
            after.id(),
            "SELECT setval(s, least(%d, greatest(%d, coalesce(v, %d))), coalesce(v BETWEEN %d AND %d, false)) FROM %s s, pg_sequence_last_value(s::regclass) v"
                .formatted(most, least, least, least, most, sequence(after))));
  }

  private static String settings(String options) {
    return options
        .replace("START WITH", "SET START WITH")
        .replace("INCREMENT BY", "SET INCREMENT BY")
        .replace("MINVALUE", "SET MINVALUE")
        .replace("MAXVALUE", "SET MAXVALUE")
        .replace("CACHE", "SET CACHE")
        .replaceFirst("(NO )?CYCLE$", "SET $0");
  }
}
