package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Lock;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** Defaults of columns. Stateless. */
final class DefaultDdl implements Ddl {

  static Step set(CatalogObject value, Situation situation) {
    return clause(value, "SET DEFAULT " + value.get(Attribute.EXPRESSION), situation.after());
  }

  private static Step clause(CatalogObject value, String clause, Catalog catalog) {
    ObjectId id = value.id();
    boolean view = catalog.has(id.relation(Kind.VIEW));
    return Step.of(
            id,
            "ALTER %s %s%s ALTER COLUMN %s %s"
                .formatted(
                    view ? "VIEW" : "TABLE",
                    view ? "" : "ONLY ",
                    Names.parent(id),
                    Names.quoted(id.name()),
                    clause))
        .locking(Lock.ACCESS_EXCLUSIVE);
  }

  @Override
  public List<Step> create(CatalogObject value, List<CatalogObject> inline, Situation situation) {
    return List.of(set(value, situation));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of(set(change.after(), situation));
  }

  @Override
  public List<Step> drop(CatalogObject value, Situation situation) {
    return List.of(clause(value, "DROP DEFAULT", situation.before()));
  }
}
