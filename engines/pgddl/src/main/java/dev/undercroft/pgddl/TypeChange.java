package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Work;
import java.util.List;
import java.util.Set;

/** Changes of a column's type: which are free, which rewrite the table. Stateless. */
final class TypeChange {

  private TypeChange() {}

  static Step step(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    String column = Names.quoted(after.id().name());
    String type = after.get(Attribute.TYPE);
    String collation = after.find(Attribute.COLLATION).map(name -> " COLLATE " + name).orElse("");
    boolean foreign = situation.after().has(after.id().relation(Kind.FOREIGN_TABLE));
    boolean converts =
        change.touches(Attribute.TYPE) && !foreign && !after.has(Attribute.GENERATED);
    String using =
        converts
            ? " USING " + Conversion.of(column, change.before().get(Attribute.TYPE), type)
            : "";
    Step step =
        ColumnDdl.alterTable(
            after, "ALTER COLUMN %s TYPE %s%s%s".formatted(column, type, collation, using));
    if (isFree(change.before().get(Attribute.TYPE), type)) {
      return step;
    }
    Step rewriting =
        step.working(Work.REWRITE)
            .warning(
                Hazard.TABLE_REWRITE,
                "%s is written anew because the type of %s changes."
                    .formatted(Names.parent(after.id()), after.id()));
    return isNarrowing(change.before().get(Attribute.TYPE), type)
        ? rewriting.warning(
            Hazard.MAY_FAIL,
            "This fails if a value of %s is not a valid %s.".formatted(after.id(), type))
        : rewriting;
  }

  private static final Set<String> TEXTS = Set.of("text", "character varying");
  private static final Set<String> WIDER =
      Set.of(
          "smallint>integer",
          "smallint>bigint",
          "integer>bigint",
          "smallint>numeric",
          "integer>numeric",
          "bigint>numeric",
          "real>double precision",
          "date>timestamp without time zone",
          "date>timestamp with time zone");
  private static final Set<String> MOMENTS =
      Set.of("date", "timestamp without time zone", "timestamp with time zone");

  private static final List<Set<String>> COMPARED =
      List.of(
          Set.of("smallint", "integer", "bigint"),
          TEXTS,
          MOMENTS,
          Set.of("real", "double precision"));

  static String base(String type) {
    return type.replaceFirst("\\([^)]*\\)", "");
  }

  private static int limit(String type) {
    int open = type.indexOf('(');
    return open < 0 ? Integer.MAX_VALUE : number(type.substring(open + 1, type.indexOf(')')));
  }

  private static int number(String text) {
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
  }

  /** Whether the server keeps the rows as they are (manual, ALTER TABLE, notes). */
  private static boolean isFree(String from, String to) {
    if (from.equals(to)) {
      return true;
    }
    String old = base(from);
    String now = base(to);
    if (TEXTS.contains(old) && TEXTS.contains(now)) {
      return limit(to) >= limit(from);
    }
    return (old.equals(now) && (now.equals("bit varying") || now.startsWith("time")))
        && limit(to) >= limit(from);
  }

  /** Whether values of the two types can be compared, so that a key may have both. */
  static boolean compare(String one, String other) {
    String left = base(one);
    String right = base(other);
    return left.equals(right)
        || COMPARED.stream().anyMatch(set -> set.contains(left) && set.contains(right));
  }

  private static boolean isNarrowing(String from, String to) {
    String old = base(from);
    String now = base(to);
    if (TEXTS.contains(now) && limit(to) == Integer.MAX_VALUE) {
      return false;
    }
    return old.equals(now) ? limit(to) < limit(from) : !WIDER.contains(old + '>' + now);
  }

  /** How the server stores the type when nothing is said. */
  static String usualStorage(CatalogObject column) {
    String type = base(column.get(Attribute.TYPE));
    return switch (type) {
      case "numeric", "inet", "cidr" -> "MAIN";
      case "smallint", "integer", "bigint", "boolean", "real", "double precision", "date", "uuid" ->
          "PLAIN";
      default -> type.startsWith("time") || type.equals("interval") ? "PLAIN" : "EXTENDED";
    };
  }
}
