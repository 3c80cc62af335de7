package dev.undercroft.pgddl;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.plan.Situation;
import java.util.regex.Pattern;

/** Columns by which rows find their partition: the server never changes their type. Stateless. */
final class PartitionKeys {

  private PartitionKeys() {}

  /**
   * Refuses another type for a column of a partition key.
   *
   * @throws dev.undercroft.base.ProblemException naming column and table
   */
  static void refuseNewType(ObjectId column, Situation situation) {
    ObjectId table = column.relation(Kind.TABLE);
    String key = situation.before().find(table).map(t -> t.get(Attribute.PARTITION_KEY)).orElse("");
    String name = Pattern.quote(Names.quoted(column.name()));
    if (Pattern.compile("(?<![\\w\"])" + name + "(?![\\w\"])").matcher(key).find()) {
      throw Problem.of(
              "PGDDL_PARTITION_KEY",
              ProblemKind.CONFLICT,
              "the type of %s cannot change: %s is partitioned by %s".formatted(column, table, key))
          .withRemedy(
              "Make a table with the new type beside it, copy the rows, and give it the name.")
          .exception();
    }
  }
}
