package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Hazard;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.Map;

/** Gives objects other names. Stateless. */
final class Renaming {

  private Renaming() {}

  static Step step(Change.Renamed rename, Situation situation) {
    ObjectId from = rename.from();
    String to = Names.quoted(rename.to().name());
    String sql =
        switch (from.kind()) {
          case COLUMN ->
              table(rename.to()) + " RENAME COLUMN " + Names.quoted(from.name()) + " TO " + to;
          case CONSTRAINT ->
              constrained(rename.to(), situation)
                  + " RENAME CONSTRAINT "
                  + Names.quoted(from.name())
                  + " TO "
                  + to;
          default -> {
            CatalogObject object = situation.before().get(rename.to());
            CatalogObject named =
                new CatalogObject(retyped(rename), object == null ? Map.of() : object.values());
            yield "ALTER " + Phrases.of(named) + " RENAME TO " + to;
          }
        };
    Step step = Step.of(rename.to(), sql).locking(Lock.ACCESS_EXCLUSIVE);
    return from.kind() == Kind.CONSTRAINT || from.kind() == Kind.INDEX
        ? step
        : step.warning(Hazard.BREAKS_CLIENTS, "Programs that still say %s fail.".formatted(from));
  }

  /** Types are renamed before the routines that take them. */
  private static ObjectId retyped(Change.Renamed rename) {
    ObjectId from = rename.from();
    return new ObjectId(
        from.kind(), from.schema(), from.parent(), from.name(), rename.to().arguments());
  }

  private static String constrained(ObjectId constraint, Situation situation) {
    return situation.before().has(constraint.relation(Kind.DOMAIN))
        ? "ALTER DOMAIN " + Names.parent(constraint)
        : table(constraint);
  }

  private static String table(ObjectId part) {
    return "ALTER TABLE " + Names.parent(part);
  }

  /** The hidden sequence of an identity column gets the name it shall have. */
  static Step hiddenSequence(Change.Altered change) {
    return Step.of(
        change.id(),
        "ALTER SEQUENCE %s RENAME TO %s"
            .formatted(sequence(change.before()), Names.quoted(hidden(change.after()))));
  }

  static String sequence(CatalogObject column) {
    ObjectId id = column.id();
    return Names.at(
        column
            .find(Attribute.IDENTITY_NAME)
            .orElse(id.schema() + '\t' + id.parent() + '_' + id.name() + "_seq"));
  }

  private static String hidden(CatalogObject column) {
    String place = column.get(Attribute.IDENTITY_NAME);
    return place.isEmpty()
        ? column.id().parent() + '_' + column.id().name() + "_seq"
        : place.substring(place.indexOf('\t') + 1);
  }
}
