package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Situation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether columns of standing tables hold values of a type, and in what. Stateless. */
final class TypeUse {

  private TypeUse() {}

  /** Whether such a column is of the type, or of one made of it. */
  static boolean isHeld(ObjectId type, Situation situation) {
    return isHeld(type, situation, new HashSet<>());
  }

  /** Whether such a column has the type inside an array, a composite or a range. */
  static boolean isInside(ObjectId type, Situation situation) {
    return users(type, situation).stream()
        .anyMatch(user ->
            switch (user.kind()) {
              case COLUMN ->
                  isOfTable(user, situation)
                      ? isArray(user, situation)
                      : isHeld(user.relation(Kind.COMPOSITE), situation);
              case RANGE -> isHeld(user, situation);
              case DOMAIN ->
                  isInside(user, situation)
                      || (isArray(user, situation) && isHeld(user, situation));
              default -> false;
            });
  }

  /** Whether a table is made of the type, column by column. */
  static boolean isRowOfTable(ObjectId type, Situation situation) {
    return users(type, situation).stream()
        .map(situation.before()::get)
        .anyMatch(user -> user != null && user.has(Attribute.OF_TYPE));
  }

  private static boolean isHeld(ObjectId type, Situation situation, Set<ObjectId> seen) {
    for (ObjectId user : users(type, situation)) {
      boolean held =
          switch (user.kind()) {
            case COLUMN ->
                isOfTable(user, situation)
                    || (situation.before().has(user.relation(Kind.COMPOSITE))
                        && seen.add(user.relation(Kind.COMPOSITE))
                        && isHeld(user.relation(Kind.COMPOSITE), situation, seen));
            case DOMAIN, RANGE -> seen.add(user) && isHeld(user, situation, seen);
            default -> false;
          };
      if (held) {
        return true;
      }
    }
    return false;
  }

  private static List<ObjectId> users(ObjectId type, Situation situation) {
    return situation.before().neededBy(type).stream().map(Dependency::from).distinct().toList();
  }

  private static boolean isOfTable(ObjectId column, Situation situation) {
    return situation.isStanding(column)
        && (situation.isStanding(column.relation(Kind.TABLE))
            || situation.isStanding(column.relation(Kind.FOREIGN_TABLE)));
  }

  private static boolean isArray(ObjectId user, Situation situation) {
    CatalogObject object = situation.before().get(user);
    return object != null && object.get(Attribute.TYPE).endsWith("[]");
  }
}
