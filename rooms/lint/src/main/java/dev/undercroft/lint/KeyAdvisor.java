package dev.undercroft.lint;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Keys, and what points at them. */
final class KeyAdvisor implements Advisor {

  private static final Set<String> REG_TYPES =
      Set.of(
          "regproc",
          "regprocedure",
          "regoper",
          "regoperator",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regcollation");

  @Override
  public void judge(Advice advice) {
    for (CatalogObject table : advice.catalog().ofKind(Kind.TABLE)) {
      List<CatalogObject> constraints = advice.catalog().children(table.id(), Kind.CONSTRAINT);
      boolean hasKey = constraints.stream().anyMatch(one -> one.is(Attribute.CONSTRAINT_TYPE, "p"));
      boolean isPart = table.has(Attribute.PARTITION_OF) || table.has(Attribute.INHERITS);
      if (!hasKey && !isPart) {
        advice.report(Rule.TABLE_WITHOUT_KEY, table.id(), "there is no primary key");
      }
      for (CatalogObject constraint : constraints) {
        if (constraint.is(Attribute.CONSTRAINT_TYPE, "f") && !constraint.has(Attribute.INHERITED)) {
          types(advice, table, constraint);
        }
        if (constraint.has(Attribute.NOT_VALID)) {
          advice.report(
              Rule.UNCHECKED_CONSTRAINT, constraint.id(), "rows from before were never checked");
        }
      }
      for (CatalogObject column : advice.catalog().children(table.id(), Kind.COLUMN)) {
        String type = column.get(Attribute.TYPE).replace("[]", "");
        if (REG_TYPES.contains(type)) {
          advice.report(Rule.REG_TYPE, column.id(), "it is " + type);
        }
      }
    }
  }

  private static void types(Advice advice, CatalogObject table, CatalogObject key) {
    Phrase definition = Advice.read(key.get(Attribute.DEFINITION));
    List<Phrase> own = definition.after("key").group().parts();
    Optional<Phrase.Named> other = definition.after("references").named();
    if (other.isEmpty()) {
      return;
    }
    List<Phrase> theirs = other.get().rest().group().parts();
    String schema = other.get().name().schema().map(Object::toString).orElse(table.id().schema());
    ObjectId target = ObjectId.of(Kind.TABLE, schema, other.get().name().name().text());
    for (int i = 0; i < Math.min(own.size(), theirs.size()); i++) {
      String mine = type(advice, table.id(), own.get(i));
      String there = type(advice, target, theirs.get(i));
      if (!mine.isEmpty() && !there.isEmpty() && !mine.equals(there)) {
        advice.report(
            Rule.FOREIGN_KEY_TYPE,
            key.id(),
            "%s is %s, and %s is %s"
                .formatted(own.get(i).name(), mine, theirs.get(i).name(), there));
      }
    }
  }

  private static String type(Advice advice, ObjectId table, Phrase column) {
    String name = column.named().map(one -> one.name().name().text()).orElse("");
    return advice
        .catalog()
        .find(ObjectId.in(Kind.COLUMN, table.schema(), table.name(), name))
        .map(one -> Types.base(one.get(Attribute.TYPE)))
        .orElse("");
  }
}
