package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can go wrong or hurt, with the queries that count it. Stateless. */
final class Risks {

  private Risks() {}

  static Warning lostRows(Shape table) {
    return new Warning(
        Hazard.DATA_LOSS,
        "The rows of %s are lost.".formatted(table.table().id()),
        "SELECT count(*) FROM " + table.quoted());
  }

  static Warning lostValues(Shape table, CatalogObject column) {
    return new Warning(
        Hazard.DATA_LOSS,
        "The values of %s are lost.".formatted(column.id()),
        column.has(Attribute.GENERATED)
            ? ""
            : "SELECT count(%s) FROM %s".formatted(Shape.quoted(column), table.quoted()));
  }

  /** A column that must have a value and is given none. */
  static Warning noValue(Shape table, CatalogObject column) {
    return new Warning(
        Hazard.MAY_FAIL,
        "This fails if %s has rows: they have no value for %s."
            .formatted(table.table().id(), column.id()),
        "SELECT count(*) FROM " + table.quoted());
  }

  static Warning nulls(Shape table, CatalogObject column) {
    return new Warning(
        Hazard.MAY_FAIL,
        "This fails if %s has nulls.".formatted(column.id()),
        "SELECT count(*) FROM %s WHERE %s IS NULL".formatted(table.quoted(), Shape.quoted(column)));
  }

  /** A rule that rows of the old table may break. */
  static Warning broken(Shape from, Shape to, CatalogObject rule) {
    List<String> needed =
        rule.is(Attribute.CONSTRAINT_TYPE, "c")
            ? List.copyOf(Rules.names(rule.get(Attribute.DEFINITION)))
            : Rules.columns(rule);
    boolean known = to.names().stream().filter(needed::contains).allMatch(from.names()::contains);
    return new Warning(
        Hazard.MAY_FAIL,
        "This fails if a row breaks %s.".formatted(rule.id()),
        known ? counting(from, rule) : "");
  }

  private static String counting(Shape from, CatalogObject rule) {
    String columns =
        Rules.columns(rule).stream().map(Meaning::name).collect(Collectors.joining(", "));
    return switch (rule.get(Attribute.CONSTRAINT_TYPE)) {
      case "c" ->
          "SELECT count(*) FROM %s WHERE NOT (%s)".formatted(from.quoted(), Rules.condition(rule));
      case "f" -> orphans(from, rule);
      default -> twins(from, columns, Rules.columns(rule), "");
    };
  }

  private static String orphans(Shape from, CatalogObject rule) {
    Rules.Target target = Rules.target(rule);
    List<String> own = Rules.columns(rule);
    if (target.columns().size() != own.size()) {
      return "";
    }
    List<String> present = new ArrayList<>();
    List<String> equal = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      present.add("c." + Meaning.name(own.get(i)) + " IS NOT NULL");
      equal.add("p." + Meaning.name(target.columns().get(i)) + " = c." + Meaning.name(own.get(i)));
    }
    return "SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
        .formatted(
            from.quoted(),
            String.join(" AND ", present),
            Meaning.name(target.table()),
            String.join(" AND ", equal));
  }

  private static String twins(Shape from, String list, List<String> columns, String condition) {
    String present =
        columns.stream()
            .map(column -> Meaning.name(column) + " IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s%s GROUP BY %s HAVING count(*) > 1)"
        .formatted(from.quoted(), present, condition, list);
  }

  /** What building an index on a standing table brings with it. */
  static Step index(Step step, CatalogObject index, Shape table, boolean again) {
    Step built =
        step.locking(dev.undercroft.plan.Lock.EXCLUSIVE)
            .working(dev.undercroft.plan.Work.INDEX)
            .warning(Hazard.INDEX_BUILD, "%s is built while writes wait.".formatted(index.id()));
    boolean unique = index.has(Attribute.UNIQUE);
    boolean plain = table.names().stream().anyMatch(index.get(Attribute.DEFINITION)::contains);
    return unique && plain && !again
        ? built.warning(
            Hazard.MAY_FAIL, "This fails if rows are alike in %s.".formatted(index.id()))
        : built;
  }

  /** What carrying rows over into a table made anew brings with it. */
  static Step rebuilt(Step copy, Shape from, Shape to) {
    Step step =
        copy.warning(
            Hazard.TABLE_REWRITE, "All rows of %s are written anew.".formatted(to.table().id()));
    for (CatalogObject column : from.columns()) {
      Optional<CatalogObject> now = to.column(column.id().name());
      boolean computed = now.filter(one -> one.has(Attribute.GENERATED)).isPresent();
      boolean loses = now.isEmpty() || (computed && !column.has(Attribute.GENERATED));
      step = loses ? step.warning(lostValues(from, column)) : step;
    }
    for (CatalogObject column : to.columns()) {
      for (Warning warning : ofColumn(from, to, column)) {
        step = step.warning(warning);
      }
    }
    for (CatalogObject rule : to.rules()) {
      if (isNew(rule, from)) {
        step = step.warning(broken(from, to, rule));
      }
    }
    for (CatalogObject rule : from.rules()) {
      boolean columnsStay = to.names().containsAll(Rules.columns(rule));
      if (isNew(rule, to) && columnsStay) {
        step = step.warning(Hazard.LESS_PROTECTED, "%s is no longer checked.".formatted(rule.id()));
      }
    }
    return step;
  }

  private static boolean isNew(CatalogObject rule, Shape in) {
    String meaning = rule.get(Attribute.DEFINITION);
    return in.rules().stream().noneMatch(one -> one.is(Attribute.DEFINITION, meaning));
  }

  private static List<Warning> ofColumn(Shape from, Shape to, CatalogObject column) {
    List<Warning> warnings = new ArrayList<>();
    Optional<CatalogObject> old = from.column(column.id().name());
    boolean must = column.has(Attribute.NOT_NULL) && !column.has(Attribute.GENERATED);
    if (old.isEmpty()) {
      if (must && to.defaultOf(column).isEmpty()) {
        warnings.add(noValue(from, column));
      }
      return warnings;
    }
    if (must && !old.get().has(Attribute.NOT_NULL)) {
      warnings.add(nulls(from, column));
    }
    boolean stricter = to.isStrict() && !(from.isStrict() && sameType(old.get(), column));
    if (stricter && !column.is(Attribute.TYPE, "ANY")) {
      warnings.add(
          new Warning(
              Hazard.MAY_FAIL,
              "This fails if a value of %s is no %s."
                  .formatted(column.id(), column.get(Attribute.TYPE))));
    }
    if (!column.has(Attribute.GENERATED) && !sameType(old.get(), column)) {
      converted(from, old.get(), column).ifPresent(warnings::add);
    }
    return warnings;
  }

  private static boolean sameType(CatalogObject one, CatalogObject other) {
    return Affinity.of(one) == Affinity.of(other);
  }

  /** Values that a column of another affinity stores in another form. */
  private static Optional<Warning> converted(Shape from, CatalogObject old, CatalogObject now) {
    String value = Shape.quoted(old);
    String changes =
        switch (Affinity.of(now)) {
          case INTEGER, NUMERIC, REAL ->
              "typeof(%1$s) = 'text' AND %1$s NOT GLOB '*[^0-9.eE+-]*' AND CAST(CAST(%1$s AS %2$s) AS TEXT) <> %1$s OR typeof(%1$s) = 'integer' AND CAST(CAST(%1$s AS %2$s) AS INTEGER) <> %1$s"
                  .formatted(value, Affinity.of(now));
          case TEXT ->
              "typeof(%1$s) = 'real' AND CAST(CAST(%1$s AS TEXT) AS REAL) <> %1$s".formatted(value);
          case BLOB -> "";
        };
    return changes.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Warning(
                Hazard.DATA_LOSS,
                "Values of %s may be stored in another form as %s: '007' as 7."
                    .formatted(now.id(), now.get(Attribute.TYPE)),
                "SELECT count(*) FROM %s WHERE %s".formatted(from.quoted(), changes)));
  }
}
