package dev.undercroft.pgdump;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.PlanOptions;
import dev.undercroft.plan.Planner;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A dump before it is written: statements, tables whose rows stand between, statements. What rows
 * would be checked against, or would set off, comes after them. Immutable.
 *
 * @param before statements that make what rows need
 * @param tables the tables whose rows are written
 * @param sequences sequences of no table, schema, tab, name; those of the tables are not among them
 * @param after the other statements
 */
record DumpPlan(List<String> before, List<Rows> tables, Set<String> sequences, List<String> after) {

  private static final Set<Kind> LATE =
      EnumSet.of(
          Kind.INDEX,
          Kind.STATISTICS,
          Kind.MATERIALIZED_VIEW,
          Kind.TRIGGER,
          Kind.RULE,
          Kind.POLICY,
          Kind.EVENT_TRIGGER,
          Kind.PUBLICATION,
          Kind.PUBLICATION_TABLE,
          Kind.PUBLICATION_SCHEMA,
          Kind.SUBSCRIPTION,
          Kind.DEFAULT_PRIVILEGES);
  private static final Set<Attribute> LATE_OF_TABLE =
      EnumSet.of(Attribute.ROW_SECURITY, Attribute.FORCE_ROW_SECURITY, Attribute.REPLICA_IDENTITY);

  /** One table. Immutable. */
  record Rows(ObjectId table, List<String> columns) {
    /** {@code COPY} without its direction. */
    String copy() {
      String name = Names.quoted(table.schema()) + '.' + Names.quoted(table.name());
      return columns.isEmpty()
          ? "COPY " + name
          : "COPY "
              + name
              + columns.stream().map(Names::quoted).collect(Collectors.joining(", ", " (", ")"));
    }
  }

  static DumpPlan of(Catalog whole, Catalog fresh, DumpOptions options, Planner planner) {
    boolean some = !options.tables().isEmpty();
    Set<ObjectId> chosen = some ? Selection.tables(whole, options.tables()) : Set.of();
    Catalog base = some ? Selection.without(whole, chosen) : fresh;
    if (options.schemaOnly()) {
      return new DumpPlan(statements(planner, base, whole), List.of(), Set.of(), List.of());
    }
    Set<ObjectId> late = late(whole);
    Catalog early = early(whole, late, base);
    return new DumpPlan(
        statements(planner, base, early),
        rows(whole, some ? chosen : null),
        some ? Set.of() : sequences(whole),
        statements(planner, early, whole));
  }

  private static Set<String> sequences(Catalog whole) {
    return whole.ofKind(Kind.SEQUENCE).stream()
        .map(sequence -> sequence.id().place())
        .collect(Collectors.toSet());
  }

  private static List<String> statements(Planner planner, Catalog from, Catalog to) {
    return planner.plan(from, to, new PlanOptions(false, "")).steps().stream()
        .map(step -> step.sql())
        .toList();
  }

  /** What comes after the rows, and whatever needs it. */
  private static Set<ObjectId> late(Catalog whole) {
    Set<ObjectId> late = new HashSet<>();
    Deque<ObjectId> open = new ArrayDeque<>();
    for (CatalogObject object : whole.objects()) {
      boolean foreign = object.is(Attribute.CONSTRAINT_TYPE, "f");
      if (foreign || LATE.contains(object.id().kind())) {
        late.add(object.id());
        open.add(object.id());
      }
    }
    while (!open.isEmpty()) {
      for (Dependency need : whole.neededBy(open.remove())) {
        if (need.from().kind() != Kind.TABLE && late.add(need.from())) {
          open.add(need.from());
        }
      }
    }
    return late;
  }

  /** What the base has stays as it is, so that nothing of it is dropped and made again. */
  private static Catalog early(Catalog whole, Set<ObjectId> late, Catalog base) {
    Catalog kept = Selection.filtered(whole, one -> base.has(one.id()) || !late.contains(one.id()));
    List<CatalogObject> objects =
        kept.objects().stream()
            .map(object -> base.has(object.id()) ? object : withoutLate(object))
            .toList();
    return new Catalog(kept.server(), objects, kept.dependencies(), kept.unmodelled());
  }

  private static CatalogObject withoutLate(CatalogObject object) {
    if (object.id().kind() != Kind.TABLE) {
      return object;
    }
    CatalogObject early = object;
    for (Attribute attribute : LATE_OF_TABLE) {
      early = early.with(attribute, "");
    }
    return early;
  }

  private static List<Rows> rows(
      Catalog whole, @org.jspecify.annotations.Nullable Set<ObjectId> chosen) {
    return whole.ofKind(Kind.TABLE).stream()
        .filter(table -> !table.has(Attribute.PARTITION_KEY))
        .filter(table -> chosen == null || chosen.contains(table.id()))
        .map(table -> new Rows(table.id(), columns(table.id(), whole)))
        .toList();
  }

  private static List<String> columns(ObjectId table, Catalog whole) {
    return whole.children(table, Kind.COLUMN).stream()
        .filter(column -> !column.has(Attribute.GENERATED))
        .sorted(Comparator.comparingInt(DumpPlan::position))
        .map(column -> column.id().name())
        .toList();
  }

  private static int position(CatalogObject column) {
    String position = column.get(Attribute.POSITION);
    return position.isEmpty() ? 0 : Integer.parseInt(position);
  }
}
