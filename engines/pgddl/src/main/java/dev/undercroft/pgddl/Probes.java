package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Queries that count the rows that break a new rule, in one pass over the table. Empty text where
 * the rule is about something that is not there yet, or says more than can be asked. Stateless.
 */
final class Probes {

  private static final String COLUMNS = "\\(((?:\"(?:[^\"]|\"\")+\"|[^()\"])+)\\)";
  private static final Pattern FOREIGN =
      Pattern.compile(
          "FOREIGN KEY " + COLUMNS + " REFERENCES ([^(]+)" + COLUMNS + "( MATCH FULL)?.*");
  private static final Pattern CHECK =
      Pattern.compile("CHECK (\\(.*\\))(?: NO INHERIT)?", Pattern.DOTALL);
  private static final Pattern KEY =
      Pattern.compile("(PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? " + COLUMNS + ".*");
  private static final Pattern NAME =
      Pattern.compile("\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

  private Probes() {}

  /** Rows that break a constraint that a standing table gets. */
  static String of(CatalogObject constraint, Situation situation) {
    if (!isAsBefore(constraint.id(), situation)) {
      return "";
    }
    String definition = constraint.get(Attribute.DEFINITION);
    String table = Names.parent(constraint.id());
    Matcher check = CHECK.matcher(definition);
    if (check.matches()) {
      return "SELECT count(*) FROM %s WHERE NOT %s".formatted(table, check.group(1));
    }
    Matcher foreign = FOREIGN.matcher(definition);
    if (foreign.matches() && !definition.contains("PERIOD")) {
      return foreign(table, foreign);
    }
    Matcher key = KEY.matcher(definition);
    return key.matches() && !definition.contains("WITHOUT OVERLAPS")
        ? alike(table, names(key.group(3)), "", key.group(2) != null)
        : "";
  }

  /** Rows too many for a unique index that a standing table gets. */
  static String ofIndex(CatalogObject index, String rest, Situation situation) {
    Matcher plain =
        Pattern.compile(
                " USING btree "
                    + COLUMNS
                    + "(?: INCLUDE \\([^)]*\\))?( NULLS NOT DISTINCT)?"
                    + "(?: WHERE (\\(.*\\)))?")
            .matcher(rest);
    if (!plain.matches() || !isAsBefore(index.id(), situation)) {
      return "";
    }
    String where = plain.group(3) == null ? "" : plain.group(3);
    String table = Names.at(index.get(Attribute.TABLE));
    return alike(table, names(plain.group(1)), where, plain.group(2) != null);
  }

  /** The first name of each part; what follows says how it is ordered. */
  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    Matcher name = NAME.matcher(list);
    int at = 0;
    while (name.find(at)) {
      names.add(name.group());
      int comma = list.indexOf(',', name.end());
      if (comma < 0) {
        break;
      }
      at = comma;
    }
    return names;
  }

  private static String alike(
      String table, List<String> columns, String where, boolean nullsAreAlike) {
    List<String> conditions = new ArrayList<>();
    if (!where.isEmpty()) {
      conditions.add(where);
    }
    if (!nullsAreAlike) {
      columns.forEach(column -> conditions.add(column + " IS NOT NULL"));
    }
    return "SELECT coalesce(sum(n - 1), 0)::bigint FROM (SELECT count(*) n FROM %s%s GROUP BY %s HAVING count(*) > 1) x"
        .formatted(
            table,
            conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions),
            String.join(", ", columns));
  }

  private static String foreign(String table, Matcher key) {
    List<String> own = names(key.group(1));
    List<String> theirs = names(key.group(3));
    if (own.size() != theirs.size()) {
      return "";
    }
    List<String> pairs = new ArrayList<>();
    for (int at = 0; at < own.size(); at++) {
      pairs.add("r." + theirs.get(at) + " = t." + own.get(at));
    }
    String set =
        own.stream().map(c -> "t." + c + " IS NOT NULL").collect(Collectors.joining(" AND "));
    String mixed =
        key.group(4) == null
            ? ""
            : " OR num_nulls(%s) BETWEEN 1 AND %d"
                .formatted(
                    own.stream().map(c -> "t." + c).collect(Collectors.joining(", ")),
                    own.size() - 1);
    return "SELECT count(*) FROM %s t WHERE (%s AND NOT EXISTS (SELECT FROM %s r WHERE %s))%s"
        .formatted(table, set, key.group(2).strip(), String.join(" AND ", pairs), mixed);
  }

  /** Whether everything the rule speaks of is there already and stays as it is until then. */
  private static boolean isAsBefore(ObjectId rule, Situation situation) {
    for (Dependency need : situation.after().needs(rule)) {
      ObjectId id = need.to();
      boolean holds = id.kind() == Kind.COLUMN || id.kind() == Kind.TABLE;
      Change.Altered change = situation.altered().get(id);
      boolean changes =
          change != null
              && (change.touches(Attribute.TYPE)
                  || change.touches(Attribute.COLLATION)
                  || change.touches(Attribute.GENERATED)
                  || change.touches(Attribute.EXPRESSION));
      if (holds ? changes || !situation.isStanding(id) : situation.created().contains(id)) {
        return false;
      }
    }
    return true;
  }
}
