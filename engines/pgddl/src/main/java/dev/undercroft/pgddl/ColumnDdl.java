package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import dev.undercroft.plan.Warning;
import dev.undercroft.plan.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Columns of tables. Fields of composite types are told apart by their parent. Stateless. */
final class ColumnDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject column, List<CatalogObject> inline, Situation situation) {
    ObjectId id = column.id();
    boolean given = PostgresDialect.isInherited(column) && !Inheritance.isTiedNow(id, situation);
    if (isView(id, situation.after())) {
      return settings(column, situation);
    }
    if (given || CompositeDdl.isRowOfStandingTable(id, situation)) {
      return List.of();
    }
    if (situation.after().has(id.relation(Kind.COMPOSITE))) {
      return List.of(
          CompositeDdl.alterType(
              id,
              "ADD ATTRIBUTE " + ColumnText.definition(column, "", situation.after().server()),
              situation));
    }
    String expression =
        inline.stream()
            .filter(part -> part.id().kind() == Kind.DEFAULT)
            .map(part -> part.get(Attribute.EXPRESSION))
            .findFirst()
            .orElse("");
    List<Step> steps = new ArrayList<>();
    steps.add(addition(column, expression, situation));
    if (column.has(Attribute.NOT_NULL_UNCHECKED)) {
      steps.add(NotNull.unchecked(column));
    }
    steps.addAll(settings(column, situation));
    return steps;
  }

  private static Step addition(CatalogObject column, String expression, Situation situation) {
    Step step =
        alterTable(
            column,
            "ADD COLUMN " + ColumnText.definition(column, expression, situation.after().server()));
    String table = Names.parent(column.id());
    if (Filling.rewrites(column, expression, situation)) {
      Step filling =
          step.working(Work.REWRITE)
              .warning(
                  Hazard.TABLE_REWRITE,
                  "%s is written anew to fill %s.".formatted(table, column.id()));
      return column.has(Attribute.IDENTITY_OPTIONS)
          ? filling.warning(
              Hazard.MAY_FAIL,
              "This fails if %s has more rows than the sequence has numbers.".formatted(table))
          : filling;
    }
    if (column.has(Attribute.NOT_NULL) && expression.isEmpty()) {
      boolean domain =
          situation.after().needs(column.id()).stream()
              .anyMatch(need -> need.to().kind() == Kind.DOMAIN);
      return step.working(Work.SCAN)
          .warning(
              new Warning(
                  Hazard.MAY_FAIL,
                  "%s is NOT NULL and has no default: this fails if %s has rows."
                      .formatted(column.id(), table),
                  domain ? "" : "SELECT count(*) FROM " + table));
    }
    return step;
  }

  static Step alterTable(CatalogObject column, String clause) {
    return Step.of(column.id(), "ALTER TABLE %s %s".formatted(Names.parent(column.id()), clause))
        .locking(Lock.ACCESS_EXCLUSIVE);
  }

  static Step alterColumn(CatalogObject column, String clause) {
    return alterTable(
        column, "ALTER COLUMN %s %s".formatted(Names.quoted(column.id().name()), clause));
  }

  /** What cannot stand in a column definition. */
  static List<Step> settings(CatalogObject column, Situation situation) {
    List<Step> steps = new ArrayList<>();
    column
        .find(Attribute.STORAGE)
        .ifPresent(storage -> steps.add(alterColumn(column, "SET STORAGE " + storage)));
    column
        .find(Attribute.STATISTICS_TARGET)
        .ifPresent(target -> steps.add(alterColumn(column, "SET STATISTICS " + target)));
    CatalogObject bare = new CatalogObject(column.id(), Map.of());
    for (String clause : OptionList.storageChanges(bare, column)) {
      steps.add(alterColumn(column, clause));
    }
    return steps;
  }

  private static boolean isView(ObjectId id, Catalog catalog) {
    return catalog.has(id.relation(Kind.VIEW)) || catalog.has(id.relation(Kind.MATERIALIZED_VIEW));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    CatalogObject before = change.before();
    CatalogObject after = change.after();
    if (change.touches(Attribute.GENERATED)) {
      return !(before.is(Attribute.GENERATED, "STORED") && !after.has(Attribute.GENERATED));
    }
    return after.has(Attribute.GENERATED)
        && change.touches(Attribute.EXPRESSION)
        && !situation.after().server().since(17);
  }

  /** A field of a composite gets another type while columns hold values of the composite. */
  @Override
  public Optional<ObjectId> swaps(Change change, Situation situation) {
    ObjectId composite = change.id().relation(Kind.COMPOSITE);
    return change instanceof Change.Altered altered
            && situation.isStanding(composite)
            && CompositeDdl.isRetyped(altered)
            && TypeUse.isHeld(composite, situation)
            && !TypeUse.isRowOfTable(composite, situation)
        ? Optional.of(composite)
        : Optional.empty();
  }

  @Override
  public boolean disturbs(Change.Altered change, CatalogObject dependent, Situation situation) {
    boolean retyped = change.touches(Attribute.TYPE) || change.touches(Attribute.COLLATION);
    return retyped && (usesValues(dependent) || isForeignKey(dependent, change));
  }

  /** While one side of a key has its new type and the other its old one, they must compare. */
  private static boolean isForeignKey(CatalogObject dependent, Change.Altered change) {
    return dependent.is(Attribute.CONSTRAINT_TYPE, "f")
        && !TypeChange.compare(
            change.before().get(Attribute.TYPE), change.after().get(Attribute.TYPE));
  }

  /** Whether the server refuses to change a column's type while this needs the column. */
  static boolean usesValues(CatalogObject dependent) {
    return switch (dependent.id().kind()) {
      case VIEW, MATERIALIZED_VIEW, RULE, POLICY, TRIGGER, FUNCTION, DEFAULT, PUBLICATION_TABLE ->
          true;
      case COLUMN -> dependent.has(Attribute.GENERATED);
      // The server makes these anew by itself, but forgets what was set.
      case STATISTICS -> dependent.has(Attribute.STATISTICS_TARGET);
      case INDEX -> dependent.has(Attribute.COLUMN_STATISTICS);
      default -> false;
    };
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    ObjectId id = change.id();
    if (isView(id, situation.after())) {
      List<Step> steps = new ArrayList<>();
      storage(change, steps);
      return steps;
    }
    if (situation.after().has(id.relation(Kind.COMPOSITE))) {
      return CompositeDdl.isRetyped(change)
          ? List.of(CompositeDdl.alterField(change, situation))
          : List.of();
    }
    Change.Altered own = CompositeDdl.ownPart(Inheritance.ownPart(change, situation), situation);
    List<Step> steps = new ArrayList<>();
    if (own.touches(Attribute.GENERATED)) {
      steps.add(alterColumn(own.after(), "DROP EXPRESSION"));
    }
    if (own.touches(Attribute.IDENTITY)
        && own.before().has(Attribute.IDENTITY)
        && !own.after().has(Attribute.IDENTITY)) {
      steps.add(alterColumn(own.after(), "DROP IDENTITY"));
    }
    boolean narrows = Identity.narrows(own);
    if (narrows) {
      steps.addAll(Identity.alter(own));
    }
    if (own.touches(Attribute.TYPE) || own.touches(Attribute.COLLATION)) {
      steps.add(TypeChange.step(own, situation));
    }
    if (own.touches(Attribute.EXPRESSION) && own.after().has(Attribute.GENERATED)) {
      steps.add(expression(own.after()));
    }
    steps.addAll(NotNull.alter(own, situation));
    if (!narrows) {
      steps.addAll(Identity.alter(own));
    }
    storage(own, steps);
    return steps;
  }

  private static Step expression(CatalogObject column) {
    Step step = alterColumn(column, "SET EXPRESSION AS (" + column.get(Attribute.EXPRESSION) + ')');
    return column.is(Attribute.GENERATED, "STORED")
        ? step.working(Work.REWRITE)
            .warning(
                Hazard.TABLE_REWRITE,
                "%s is written anew to fill %s.".formatted(Names.parent(column.id()), column.id()))
        : step;
  }

  private static void storage(Change.Altered change, List<Step> steps) {
    CatalogObject after = change.after();
    if (change.touches(Attribute.STORAGE)
        || (change.touches(Attribute.TYPE) && after.has(Attribute.STORAGE))) {
      String storage =
          after.find(Attribute.STORAGE).orElseGet(() -> TypeChange.usualStorage(after));
      steps.add(alterColumn(after, "SET STORAGE " + storage));
    }
    if (change.touches(Attribute.COMPRESSION)) {
      steps.add(
          alterColumn(
              after, "SET COMPRESSION " + after.find(Attribute.COMPRESSION).orElse("DEFAULT")));
    }
    if (change.touches(Attribute.STATISTICS_TARGET)) {
      String target = after.find(Attribute.STATISTICS_TARGET).orElse("-1");
      steps.add(
          alterColumn(after, "SET STATISTICS " + target).locking(Lock.SHARE_UPDATE_EXCLUSIVE));
    }
    if (change.touches(Attribute.OPTIONS)) {
      OptionList.storageChanges(change.before(), after)
          .forEach(clause -> steps.add(alterColumn(after, clause)));
    }
    if (change.touches(Attribute.FOREIGN_OPTIONS)) {
      steps.add(alterColumn(after, OptionList.foreignChange(change.before(), after)));
    }
  }

  @Override
  public List<Step> drop(CatalogObject column, Situation situation) {
    ObjectId id = column.id();
    if (isFollowing(column, situation) || CompositeDdl.isRowOfStandingTable(id, situation)) {
      return List.of();
    }
    if (situation.before().has(id.relation(Kind.COMPOSITE))) {
      return List.of(
          CompositeDdl.alterType(id, "DROP ATTRIBUTE " + Names.quoted(id.name()), situation)
              .warning(Hazard.DATA_LOSS, "The values of %s are lost.".formatted(id)));
    }
    String only = Inheritance.isKeptBelow(id, situation) ? "ONLY " : "";
    Step step =
        Step.of(
                id,
                "ALTER TABLE %s%s DROP COLUMN %s"
                    .formatted(only, Names.parent(id), Names.quoted(id.name())))
            .locking(Lock.ACCESS_EXCLUSIVE);
    return List.of(
        column.has(Attribute.GENERATED)
            ? step
            : step.warning(
                new Warning(
                    Hazard.DATA_LOSS,
                    "The values of %s are lost.".formatted(id),
                    "SELECT count(%s) FROM %s"
                        .formatted(Names.quoted(id.name()), Names.parent(id)))));
  }

  private static boolean isFollowing(CatalogObject column, Situation situation) {
    boolean detached = situation.dropped().contains(column.id().relation(Kind.PARTITION));
    return PostgresDialect.isInherited(column)
        && !(detached
            && (situation.isStanding(column.id().relation(Kind.TABLE))
                || situation.isStanding(column.id().relation(Kind.FOREIGN_TABLE))))
        && Inheritance.parents(column.id(), situation.before()).stream()
            .filter(situation.dropped()::contains)
            .anyMatch(parent -> !Inheritance.isKeptBelow(parent, situation));
  }
}
