package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Swaps types and collations for new ones of the same names where ALTER does not reach: the old
 * ones are renamed, the new ones made, every column carried over, the old ones dropped. What is
 * made of such a type is swapped with it. Stateless.
 */
final class TypeSwap {

  private TypeSwap() {}

  /** Whether something that needs one of the types, or a column of one, must step aside. */
  static boolean disturbs(ObjectId leader, CatalogObject dependent, Situation situation) {
    return switch (dependent.id().kind()) {
      case COLUMN -> dependent.has(Attribute.GENERATED);
      case INDEX ->
          needsType(dependent.id(), leader, situation)
              || dependent.has(Attribute.COLUMN_STATISTICS);
      case CONSTRAINT -> !"pu".contains(dependent.get(Attribute.CONSTRAINT_TYPE));
      case STATISTICS -> dependent.has(Attribute.STATISTICS_TARGET);
      case TABLE, FOREIGN_TABLE, PARTITION, SEQUENCE, SEQUENCE_OWNERSHIP -> false;
      default -> true;
    };
  }

  private static boolean needsType(ObjectId id, ObjectId leader, Situation situation) {
    return situation.before().needs(id).stream()
        .map(Dependency::to)
        .anyMatch(to -> leader.equals(situation.leader(to)));
  }

  /** The statements up to where all columns are carried over. */
  static List<Step> steps(ObjectId leader, PostgresDialect dialect, Situation situation) {
    List<Step> steps = new ArrayList<>();
    List<ObjectId> order = ordered(situation.group(leader), situation.after());
    order.forEach(type -> leave(type, leader, situation, steps));
    for (ObjectId type : order) {
      CatalogObject now = situation.after().find(type).orElseThrow();
      List<CatalogObject> inline = new ArrayList<>(parts(type, situation.after()));
      inline.removeIf(part -> part.has(Attribute.NOT_VALID));
      steps.addAll(dialect.create(now, inline, situation));
      for (CatalogObject part : parts(type, situation.after())) {
        if (part.has(Attribute.NOT_VALID)) {
          steps.addAll(dialect.create(part, List.of(), situation));
        }
      }
    }
    Carriage carriage = new Carriage(order, situation);
    steps.addAll(carriage.made());
    for (ObjectId column : columns(order, situation)) {
      carry(column, leader, carriage, situation).ifPresent(steps::add);
    }
    steps.addAll(carriage.dropped());
    return steps;
  }

  /** The statements that end the old types, once nothing is of them any more. */
  static List<Step> leftovers(ObjectId leader, Situation situation) {
    return ordered(situation.group(leader), situation.before()).reversed().stream()
        .map(type -> Step.of(type, "DROP %s %s".formatted(word(type), old(type))))
        .toList();
  }

  /** Fields of a composite, checks of a domain. */
  private static List<CatalogObject> parts(ObjectId type, Catalog catalog) {
    return switch (type.kind()) {
      case COMPOSITE -> catalog.children(type, Kind.COLUMN);
      case DOMAIN -> catalog.children(type, Kind.CONSTRAINT);
      default -> List.of();
    };
  }

  /** What is made of others comes after them. */
  private static List<ObjectId> ordered(List<ObjectId> types, Catalog catalog) {
    Set<ObjectId> left = new TreeSet<>(types);
    List<ObjectId> order = new ArrayList<>();
    while (!left.isEmpty()) {
      ObjectId next =
          left.stream()
              .filter(type -> isReady(type, left, catalog))
              .findFirst()
              .orElseGet(() -> left.iterator().next());
      left.remove(next);
      order.add(next);
    }
    return order;
  }

  private static boolean isReady(ObjectId type, Set<ObjectId> left, Catalog catalog) {
    List<ObjectId> ids = new ArrayList<>(List.of(type));
    parts(type, catalog).forEach(part -> ids.add(part.id()));
    return ids.stream()
        .flatMap(id -> catalog.needs(id).stream())
        .map(Dependency::to)
        .noneMatch(to -> !to.equals(type) && left.contains(to));
  }

  /** The name by which the old type goes on until nothing is of it. */
  static String old(ObjectId type) {
    return Names.quoted(type.schema()) + '.' + oldName(type);
  }

  private static String oldName(ObjectId type) {
    return "undercroft_" + Integer.toHexString(type.hashCode()) + "_old";
  }

  private static String word(ObjectId type) {
    return switch (type.kind()) {
      case DOMAIN -> "DOMAIN";
      case COLLATION -> "COLLATION";
      default -> "TYPE";
    };
  }

  private static void leave(ObjectId type, ObjectId leader, Situation situation, List<Step> steps) {
    String name = oldName(type);
    steps.add(
        Step.of(type, "ALTER %s %s RENAME TO %s".formatted(word(type), Names.of(type), name)));
    if (type.kind() == Kind.RANGE) {
      String definition = situation.before().find(type).orElseThrow().get(Attribute.DEFINITION);
      String many = definition.replaceFirst("^.*multirange_type_name = ", "");
      steps.add(Step.of(type, "ALTER TYPE %s RENAME TO %s_many".formatted(many, name)));
      String point = definition.replaceFirst("^subtype = (.*), subtype_opclass.*$", "$1");
      for (ObjectId other : situation.group(leader)) {
        point = point.equals(Names.of(other)) ? old(other) : point;
      }
      String range = Names.of(type);
      for (String maker :
          List.of(
              "%1$s(%2$s, %2$s)".formatted(range, point),
              "%1$s(%2$s, %2$s, text)".formatted(range, point),
              "%s()".formatted(many),
              "%s(%s)".formatted(many, old(type)),
              "%s(VARIADIC %s[])".formatted(many, old(type)))) {
        steps.add(Step.of(type, "ALTER FUNCTION %s RENAME TO %s_make".formatted(maker, name)));
      }
    }
  }

  private static List<ObjectId> columns(List<ObjectId> types, Situation situation) {
    return situation.converted().keySet().stream()
        .filter(column ->
            situation.before().needs(column).stream().anyMatch(need -> types.contains(need.to())))
        .toList();
  }

  private static Optional<Step> carry(
      ObjectId column, ObjectId leader, Carriage carriage, Situation situation) {
    CatalogObject object = situation.before().find(column).orElseThrow();
    if (PostgresDialect.isInherited(object)) {
      return Optional.empty();
    }
    String to = object.get(Attribute.TYPE);
    String collation = object.find(Attribute.COLLATION).map(c -> " COLLATE " + c).orElse("");
    boolean foreign = situation.before().has(column.relation(Kind.FOREIGN_TABLE));
    boolean typed = needsTypeOf(column, situation);
    String name = Names.quoted(column.name());
    String using = foreign || !typed ? "" : " USING " + carriage.of(name, to);
    if (typed) {
      PartitionKeys.refuseNewType(column, situation);
    }
    Step step =
        ColumnDdl.alterTable(
            object, "ALTER COLUMN %s TYPE %s%s%s".formatted(name, to, collation, using));
    return Optional.of(
        typed ? rewriting(step, leader, situation) : TypeChange.reindexing(step, situation));
  }

  private static boolean needsTypeOf(ObjectId column, Situation situation) {
    return situation.before().needs(column).stream()
        .map(Dependency::to)
        .anyMatch(to -> to.kind() != Kind.COLLATION && situation.swapped().containsKey(to));
  }

  private static Step rewriting(Step step, ObjectId leader, Situation situation) {
    ObjectId column = step.subject();
    ObjectId type =
        situation.before().needs(column).stream()
            .map(Dependency::to)
            .filter(situation.swapped()::containsKey)
            .findFirst()
            .orElse(leader);
    return step.working(Work.REWRITE)
        .warning(
            Hazard.TABLE_REWRITE,
            "%s is written anew because %s changes.".formatted(Names.parent(column), type))
        .warning(
            new Warning(
                Hazard.MAY_FAIL,
                "This fails if a value of %s is not in the new %s.".formatted(column, type),
                outside(type, column, situation)));
  }

  /** Counts values that a new enum lacks. */
  private static String outside(ObjectId type, ObjectId column, Situation situation) {
    CatalogObject now = situation.after().find(type).orElseThrow();
    String of = situation.before().find(column).orElseThrow().get(Attribute.TYPE);
    return type.kind() == Kind.ENUM && now.has(Attribute.LABELS) && !of.endsWith("[]")
        ? "SELECT count(*) FROM %s WHERE %s::text NOT IN (%s)"
            .formatted(
                Names.parent(column),
                Names.quoted(column.name()),
                String.join(", ", now.lines(Attribute.LABELS)))
        : "";
  }
}
