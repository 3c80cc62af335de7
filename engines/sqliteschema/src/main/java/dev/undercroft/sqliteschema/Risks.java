package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What can go wrong or hurt, with the queries that count it. Stateless. */
final class Risks {

  private static final String OTHER_FORM = "may be stored in another form";

  private Risks() {}

  /** Whether counting has shown that nothing is lost. */
  static boolean isUnfounded(Warning warning) {
    return warning.rows().filter(rows -> rows == 0).isPresent()
        && warning.sentence().contains(OTHER_FORM);
  }

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
    Set<String> needed =
        rule.is(Attribute.CONSTRAINT_TYPE, "c")
            ? Rules.names(rule.get(Attribute.DEFINITION))
            : Set.copyOf(Rules.columns(rule));
    return new Warning(
        Hazard.MAY_FAIL,
        "This fails if a row breaks %s.".formatted(rule.id()),
        areAsBefore(from, to, needed) ? counting(from, to, rule) : "");
  }

  /** Only then a query on the old table says what the new one will hold. */
  private static boolean areAsBefore(Shape from, Shape to, Set<String> names) {
    return to.columns().stream()
        .filter(column -> names.contains(column.id().name()))
        .allMatch(column ->
            from.column(column.id().name())
                .filter(old -> !old.has(Attribute.GENERATED))
                .filter(old ->
                    old.get(Attribute.TYPE).equals(column.get(Attribute.TYPE))
                        && old.get(Attribute.COLLATION).equals(column.get(Attribute.COLLATION)))
                .isPresent());
  }

  private static String counting(Shape from, Shape to, CatalogObject rule) {
    return switch (rule.get(Attribute.CONSTRAINT_TYPE)) {
      case "c" ->
          "SELECT count(*) FROM %s WHERE NOT (%s)".formatted(from.quoted(), Rules.condition(rule));
      case "f" -> orphans(from, to, rule);
      default -> twins(from, Rules.columns(rule).stream().map(Meaning::name).toList(), "");
    };
  }

  private static String orphans(Shape from, Shape to, CatalogObject rule) {
    Rules.Target target = Rules.target(rule);
    List<String> own = Rules.columns(rule);
    Optional<Shape> was = Shape.find(from.catalog(), target.table());
    Optional<Shape> is = Shape.find(to.catalog(), target.table());
    boolean known =
        was.isPresent()
            && is.isPresent()
            && areAsBefore(was.get(), is.get(), Set.copyOf(target.columns()))
            && was.get().names().containsAll(target.columns());
    if (!known || target.columns().size() != own.size()) {
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

  /** Groups of rows that are alike in all of these expressions. */
  private static String twins(Shape from, List<String> items, String condition) {
    String present =
        items.stream()
            .map(item -> "(" + item + ") IS NOT NULL")
            .collect(Collectors.joining(" AND "));
    return "SELECT count(*) FROM (SELECT 1 FROM %s WHERE %s%s GROUP BY %s HAVING count(*) > 1)"
        .formatted(from.quoted(), condition, present, String.join(", ", items));
  }

  /** What building an index on a standing table brings with it. */
  static Step index(Step step, CatalogObject index, Shape from, Shape to) {
    Step built =
        step.locking(dev.undercroft.plan.Lock.EXCLUSIVE)
            .working(dev.undercroft.plan.Work.INDEX)
            .warning(Hazard.INDEX_BUILD, "%s is built while writes wait.".formatted(index.id()));
    boolean stood =
        from.catalog().find(index.id()).filter(old -> old.differences(index).isEmpty()).isPresent();
    return index.has(Attribute.UNIQUE) && !stood ? built.warning(alike(index, from, to)) : built;
  }

  private static Warning alike(CatalogObject index, Shape from, Shape to) {
    String meaning = index.get(Attribute.DEFINITION);
    int where = meaning.indexOf(") WHERE ");
    String condition = where < 0 ? "" : "(" + meaning.substring(where + 8) + ") AND ";
    IndexText text = IndexText.read(index.get(Attribute.WRITTEN), Set.copyOf(to.names()));
    return new Warning(
        Hazard.MAY_FAIL,
        "This fails if rows are alike in %s.".formatted(index.id()),
        areAsBefore(from, to, Rules.names(meaning)) ? twins(from, text.items(), condition) : "");
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
    boolean numbered = to.alias().filter(column::equals).isPresent();
    boolean must = isRequired(to, column) && !column.has(Attribute.GENERATED) && !numbered;
    if (old.isEmpty()) {
      if (must && to.defaultOf(column).isEmpty()) {
        warnings.add(noValue(from, column));
      }
      return warnings;
    }
    if (must && !isRequired(from, old.get())) {
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

  /** Keys of strict tables and of those without rowid take no nulls either. */
  private static boolean isRequired(Shape table, CatalogObject column) {
    boolean firm = table.isStrict() || !table.hasRowid();
    return column.has(Attribute.NOT_NULL)
        || (firm
            && table
                .primary()
                .filter(key -> Rules.columns(key).contains(column.id().name()))
                .isPresent());
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
                "Values of %s %s as %s: '007' as 7."
                    .formatted(now.id(), OTHER_FORM, now.get(Attribute.TYPE)),
                "SELECT count(*) FROM %s WHERE %s".formatted(from.quoted(), changes)));
  }
}
