package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one table becomes another: by ALTER TABLE, or made anew. Immutable.
 *
 * @param isRebuild whether it is made anew, or dropped and created
 * @param disturbs whether views and triggers that speak of it must stand aside
 * @param needsKeysOff whether foreign keys must not be watched meanwhile
 * @param steps the statements
 */
record TableChange(boolean isRebuild, boolean disturbs, boolean needsKeysOff, List<Step> steps) {

  TableChange {
    steps = List.copyOf(steps);
  }

  static TableChange of(Shape from, Shape to, Map<ObjectId, Change> changes) {
    if (to.isVirtual()) {
      return new TableChange(true, true, true, VirtualTable.replaced(from, to));
    }
    Altering altering = new Altering(from, to, changes);
    List<Step> steps = altering.steps();
    return steps == null
        ? new TableChange(true, true, true, new Rebuild(from, to).steps())
        : new TableChange(false, altering.drops, altering.refers, steps);
  }

  /** Tries to do it all by ALTER TABLE. */
  private static final class Altering {
    private final Shape from;
    private final Shape to;
    private final Map<ObjectId, Change> changes;
    private final List<Step> added = new ArrayList<>();
    private final List<Step> other = new ArrayList<>();
    private final List<Step> gone = new ArrayList<>();
    private boolean drops;
    private boolean refers;

    Altering(Shape from, Shape to, Map<ObjectId, Change> changes) {
      this.from = from;
      this.to = to;
      this.changes = changes;
    }

    /** The statements; null if ALTER TABLE does not reach. */
    @Nullable List<Step> steps() {
      if (changes.containsKey(from.table().id())) {
        return null;
      }
      for (Change change : changes.values()) {
        ObjectId id = change.id();
        boolean own = id.parent().equals(from.name()) && id.kind() != Kind.TRIGGER;
        if (own && !take(change)) {
          return null;
        }
      }
      List<Step> steps = new ArrayList<>(added);
      steps.addAll(other);
      steps.addAll(gone);
      return steps;
    }

    private boolean take(Change change) {
      return switch (change.id().kind()) {
        case COLUMN -> column(change);
        case DEFAULT -> isOfChangedColumn(change.id());
        case CONSTRAINT -> constraint(change);
        default -> false;
      };
    }

    /** The default of a column that comes or goes as a whole. */
    private boolean isOfChangedColumn(ObjectId id) {
      Change column = changes.get(id.as(Kind.COLUMN));
      return column instanceof Change.Added || column instanceof Change.Removed;
    }

    private boolean column(Change change) {
      return switch (change) {
        case Change.Added one -> add(one.object());
        case Change.Removed one -> drop(one.object());
        case Change.Altered one -> nullness(one);
        case Change.Renamed one -> false;
      };
    }

    private boolean add(CatalogObject column) {
      boolean computed =
          to.defaultOf(column).filter(value -> value.has(Attribute.PROPERTIES)).isPresent();
      boolean stored = column.is(Attribute.GENERATED, "STORED");
      boolean both = column.has(Attribute.GENERATED) && column.has(Attribute.NOT_NULL);
      List<CatalogObject> inline = inline(to, column);
      boolean key =
          inline.stream()
              .anyMatch(rule ->
                  rule.is(Attribute.CONSTRAINT_TYPE, "p")
                      || rule.is(Attribute.CONSTRAINT_TYPE, "u"));
      if (computed || stored || both || key) {
        return false;
      }
      refers |= inline.stream().anyMatch(rule -> rule.is(Attribute.CONSTRAINT_TYPE, "f"));
      Step step = alter(column.id(), "ADD COLUMN " + column.get(Attribute.WRITTEN));
      boolean empty = to.defaultOf(column).isEmpty();
      added.add(
          empty && column.has(Attribute.NOT_NULL)
              ? step.warning(Risks.noValue(from, column))
              : step);
      return true;
    }

    private boolean drop(CatalogObject column) {
      String name = column.id().name();
      List<CatalogObject> inline = inline(from, column);
      for (CatalogObject rule : from.rules()) {
        boolean check = rule.is(Attribute.CONSTRAINT_TYPE, "c");
        boolean speaks =
            check
                ? !inline.contains(rule) && Rules.names(Rules.condition(rule)).contains(name)
                : Rules.columns(rule).contains(name);
        boolean referred =
            rule.is(Attribute.CONSTRAINT_TYPE, "f")
                && Rules.target(rule).table().equals(from.name())
                && Rules.target(rule).columns().contains(name);
        if (speaks || referred) {
          return false;
        }
      }
      for (CatalogObject one : from.columns()) {
        if (!one.id().equals(column.id())
            && Rules.names(one.get(Attribute.EXPRESSION)).contains(name)) {
          return false;
        }
      }
      drops = true;
      gone.add(
          alter(column.id(), "DROP COLUMN " + Shape.quoted(column))
              .working(dev.undercroft.plan.Work.REWRITE)
              .warning(Risks.lostValues(from, column)));
      return from.columns().size() > 1;
    }

    private boolean nullness(Change.Altered change) {
      boolean only = change.attributes().equals(Set.of(Attribute.NOT_NULL));
      boolean plain =
          isPlain(change.before()) && isPlain(change.after()) && !inKey(change.id().name());
      if (!only || !plain) {
        return false;
      }
      String column = "ALTER COLUMN " + Shape.quoted(change.after());
      boolean set = change.after().has(Attribute.NOT_NULL);
      Step step = alter(change.id(), column + (set ? " SET NOT NULL" : " DROP NOT NULL"));
      other.add(
          set
              ? step.working(dev.undercroft.plan.Work.SCAN)
                  .warning(Risks.nulls(from, change.after()))
              : step);
      return true;
    }

    private static boolean isPlain(CatalogObject column) {
      boolean plain = !column.has(Attribute.NOT_NULL) || column.is(Attribute.NOT_NULL, "true");
      return plain && !column.has(Attribute.NOT_NULL_NAME) && !column.has(Attribute.GENERATED);
    }

    private boolean inKey(String column) {
      return from.primary().filter(key -> Rules.columns(key).contains(column)).isPresent();
    }

    private boolean constraint(Change change) {
      return switch (change) {
        case Change.Added one -> comes(one.object()) || check(one.object());
        case Change.Removed one -> leaves(one.object()) || uncheck(one.object());
        case Change.Altered one -> false;
        case Change.Renamed one -> false;
      };
    }

    /** Whether it stands in the definition of a column that is added. */
    private boolean comes(CatalogObject rule) {
      CatalogObject column = home(to, rule);
      return column != null && changes.get(column.id()) instanceof Change.Added;
    }

    private boolean leaves(CatalogObject rule) {
      CatalogObject column = home(from, rule);
      boolean check = rule.is(Attribute.CONSTRAINT_TYPE, "c");
      return check && column != null && changes.get(column.id()) instanceof Change.Removed;
    }

    private boolean check(CatalogObject rule) {
      if (!rule.is(Attribute.CONSTRAINT_TYPE, "c")
          || rule.get(Attribute.DEFINITION).contains(" ON CONFLICT ")) {
        return false;
      }
      other.add(
          alter(rule.id(), "ADD " + rule.get(Attribute.WRITTEN))
              .working(dev.undercroft.plan.Work.SCAN)
              .warning(Risks.broken(from, to, rule)));
      return true;
    }

    private boolean uncheck(CatalogObject rule) {
      boolean named = !rule.id().name().equals(rule.get(Attribute.DEFINITION));
      if (!rule.is(Attribute.CONSTRAINT_TYPE, "c") || !named || rule.id().name().contains(" ")) {
        return false;
      }
      other.addFirst(
          alter(rule.id(), "DROP CONSTRAINT " + Meaning.name(rule.id().name()))
              .warning(Hazard.LESS_PROTECTED, "%s is no longer checked.".formatted(rule.id())));
      return true;
    }

    private static List<CatalogObject> inline(Shape shape, CatalogObject column) {
      return shape.rules().stream()
          .filter(rule -> Objects.equals(home(shape, rule), column))
          .toList();
    }

    private static @Nullable CatalogObject home(Shape shape, CatalogObject rule) {
      return rule.find(Attribute.POSITION)
          .map(position -> shape.columns().get(Integer.parseInt(position) - 1))
          .orElse(null);
    }

    private Step alter(ObjectId subject, String what) {
      return Step.of(subject, "ALTER TABLE " + from.quoted() + " " + what).locking(Lock.EXCLUSIVE);
    }
  }
}
