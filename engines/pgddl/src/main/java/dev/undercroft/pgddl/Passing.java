package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Situation;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands only while a plan is carried out: an index built to take another's place, a check
 * that proves there are no nulls. An interrupted run leaves it, and the next one takes it up by its
 * name. Stateless.
 */
final class Passing {

  private static final Pattern OURS = Pattern.compile("undercroft_[0-9a-f]{1,8}_(new|not_null)");

  private Passing() {}

  /** What the index is called that takes the place of this one. */
  static String successor(ObjectId index) {
    return "undercroft_" + Integer.toHexString(index.hashCode()) + "_new";
  }

  /** What the check is called that proves the column has no nulls. */
  static ObjectId check(ObjectId column) {
    String name = "undercroft_" + Integer.toHexString(column.name().hashCode()) + "_not_null";
    return ObjectId.in(Kind.CONSTRAINT, column.schema(), column.parent(), name);
  }

  /** Whether only a plan can have made it. */
  static boolean isOurs(ObjectId id) {
    return OURS.matcher(id.name()).matches();
  }

  /** The index that an interrupted run built to take the place of this one. */
  static Optional<CatalogObject> built(ObjectId index, Situation situation) {
    return situation
        .before()
        .find(ObjectId.of(Kind.INDEX, index.schema(), successor(index)))
        .filter(left -> situation.isRemoved(left.id()));
  }

  /**
   * The unique index that becomes the index of a constraint of the same name: somebody wants it to,
   * or an interrupted run built it for that.
   *
   * @param rest what follows the table's name in the definition that the index must have
   */
  static Optional<CatalogObject> adopted(
      CatalogObject constraint, String rest, Situation situation) {
    ObjectId id = constraint.id();
    return situation
        .before()
        .find(ObjectId.of(Kind.INDEX, id.schema(), id.name()))
        .filter(index -> situation.isRemoved(index.id()))
        .filter(index -> index.is(Attribute.TABLE, id.relation(Kind.TABLE).place()))
        .filter(index -> index.has(Attribute.UNIQUE) && !index.has(Attribute.INVALID))
        .filter(index -> index.get(Attribute.DEFINITION).endsWith(" USING btree " + rest))
        .filter(index -> isAlike(index, constraint))
        .filter(index ->
            situation.before().needs(index.id()).stream()
                .map(Dependency::to)
                .allMatch(situation::isStanding));
  }

  private static boolean isAlike(CatalogObject index, CatalogObject constraint) {
    return index.get(Attribute.OPTIONS).equals(constraint.get(Attribute.OPTIONS))
        && index.get(Attribute.TABLESPACE).equals(constraint.get(Attribute.TABLESPACE))
        && !index.has(Attribute.COMMENT)
        && !index.has(Attribute.COLUMN_STATISTICS)
        && !index.has(Attribute.REPLICA_IDENTITY)
        && !index.has(Attribute.CLUSTERED)
        && !index.has(Attribute.PARTITION_OF);
  }
}
