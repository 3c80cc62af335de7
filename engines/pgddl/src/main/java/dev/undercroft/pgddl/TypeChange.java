package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.List;
import java.util.Set;

/** Changes of a column's type: which are free, which rewrite the table. Stateless. */
final class TypeChange {

  private TypeChange() {}

  static Step step(Change.Altered change, Situation situation) {
    CatalogObject after = change.after();
    PartitionKeys.refuseNewType(after.id(), situation);
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
      return change.touches(Attribute.COLLATION) ? reindexing(step, situation) : step;
    }
    return warned(step, change, converts, situation);
  }

  private static Step warned(
      Step step, Change.Altered change, boolean converts, Situation situation) {
    CatalogObject after = change.after();
    String type = after.get(Attribute.TYPE);
    Step rewriting =
        step.working(Work.REWRITE)
            .warning(
                Hazard.TABLE_REWRITE,
                "%s is written anew because the type of %s changes."
                    .formatted(Names.parent(after.id()), after.id()));
    Step narrowing =
        isNarrowing(change.before().get(Attribute.TYPE), type)
            ? rewriting.warning(
                new Warning(
                    Hazard.MAY_FAIL,
                    "This fails if a value of %s is not a valid %s.".formatted(after.id(), type),
                    invalid(change, situation)))
            : rewriting;
    return loses(change.before().get(Attribute.TYPE), type)
        ? narrowing.warning(
            new Warning(
                Hazard.DATA_LOSS,
                "Values of %s are cut or rounded to fit into %s.".formatted(after.id(), type),
                converts ? cut(change) : ""))
        : narrowing;
  }

  /** What is ordered in another way is built anew. */
  static Step reindexing(Step step, Situation situation) {
    boolean indexed =
        situation.before().neededBy(step.subject()).stream()
            .map(Dependency::from)
            .filter(situation::isStanding)
            .anyMatch(id -> id.kind() == Kind.INDEX || id.kind() == Kind.CONSTRAINT);
    return indexed
        ? step.working(Work.INDEX)
            .warning(
                Hazard.INDEX_BUILD,
                "Indexes on %s are built anew while nobody can use the table."
                    .formatted(step.subject()))
        : step;
  }

  /** Counts values that the new type does not take, where the server can say so beforehand. */
  private static String invalid(Change.Altered change, Situation situation) {
    String from = change.before().get(Attribute.TYPE);
    String to = change.after().get(Attribute.TYPE);
    String column = Names.quoted(change.id().name());
    String where = "";
    if (Conversion.isLimited(to) && Conversion.isText(from) && limit(to) > 0) {
      where = "rtrim(substr(%s::text, %d), ' ') <> ''".formatted(column, limit(to) + 1);
    } else if (situation.after().server().since(16)
        && TEXTS.contains(base(from))
        && !Conversion.isText(to)
        && !to.endsWith("[]")) {
      where = "NOT pg_input_is_valid(%s, %s)".formatted(column, Names.literal(to));
    }
    return where.isEmpty()
        ? ""
        : "SELECT count(*) FROM %s WHERE %s".formatted(Names.parent(change.id()), where);
  }

  /** Counts values that do not come back as they were. */
  private static String cut(Change.Altered change) {
    String from = change.before().get(Attribute.TYPE);
    String to = change.after().get(Attribute.TYPE);
    String column = Names.quoted(change.id().name());
    String there = Conversion.of(column, from, to) + "::" + to;
    return "SELECT count(*) FROM %s WHERE %s::%s IS DISTINCT FROM %s"
        .formatted(
            Names.parent(change.id()), Conversion.of("(" + there + ")", to, from), from, column);
  }

  /** Whether the server gives up part of a value without a word. */
  private static boolean loses(String from, String to) {
    String old = base(from);
    String now = base(to);
    if (from.endsWith("[]") && !to.endsWith("[]") && !Conversion.isText(to)) {
      return true;
    }
    if (old.equals(now)) {
      return switch (now) {
        case "numeric" -> scale(to) < scale(from);
        case "bit", "bit varying" -> limit(to) < limit(from);
        default -> isMoment(now) && limit(to) < Math.min(limit(from), FINEST);
      };
    }
    return LOSING.contains(old + '>' + now) || (now.equals("boolean") && EXACT.contains(old));
  }

  private static boolean isMoment(String type) {
    return type.startsWith("time") || type.startsWith("interval");
  }

  /** Digits behind the point; without limit where none is said. */
  private static int scale(String numeric) {
    int open = numeric.indexOf('(');
    if (open < 0) {
      return Integer.MAX_VALUE;
    }
    int comma = numeric.indexOf(',');
    return comma < 0 ? 0 : number(numeric.substring(comma + 1, numeric.indexOf(')')).strip());
  }

  private static final int FINEST = 6;
  private static final Set<String> EXACT = Set.of("smallint", "integer", "bigint", "numeric");
  private static final Set<String> LOSING =
      Set.of(
          "numeric>smallint",
          "numeric>integer",
          "numeric>bigint",
          "numeric>real",
          "numeric>double precision",
          "bigint>real",
          "bigint>double precision",
          "integer>real",
          "real>smallint",
          "real>integer",
          "real>bigint",
          "double precision>smallint",
          "double precision>integer",
          "double precision>bigint",
          "double precision>real",
          "double precision>numeric",
          "timestamp without time zone>date",
          "timestamp with time zone>date",
          "timestamp without time zone>time without time zone",
          "timestamp with time zone>time without time zone",
          "timestamp with time zone>time with time zone",
          "time with time zone>time without time zone",
          "interval>time without time zone",
          "inet>cidr",
          "text>name",
          "character varying>name",
          "text>\"char\"",
          "character varying>\"char\"");

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
    int end = type.indexOf(',') > 0 ? type.indexOf(',') : type.indexOf(')');
    return open < 0 ? Integer.MAX_VALUE : number(type.substring(open + 1, end));
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
    if (old.equals(now) && now.equals("numeric")) {
      boolean any = limit(to) == Integer.MAX_VALUE;
      return any || (limit(to) >= limit(from) && scale(to) == scale(from));
    }
    if (old.equals("cidr") && now.equals("inet")) {
      return true;
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
    if (old.equals(now) && now.equals("numeric")) {
      boolean any = limit(to) == Integer.MAX_VALUE;
      boolean none = limit(from) == Integer.MAX_VALUE;
      return !any && (none || limit(to) - scale(to) < limit(from) - scale(from));
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
