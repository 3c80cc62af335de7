package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.List;

/** Tables and schemas that a publication lists. Stateless. */
final class PublicationMemberDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject member, List<CatalogObject> inline, Situation situation) {
    String columns = member.find(Attribute.COLUMNS).map(c -> " (" + c + ')').orElse("");
    String filter = member.find(Attribute.USING).map(w -> " WHERE (" + w + ')').orElse("");
    return List.of(alter(member, "ADD " + name(member) + columns + filter));
  }

  private static String name(CatalogObject member) {
    return member.id().kind() == Kind.PUBLICATION_SCHEMA
        ? "TABLES IN SCHEMA " + Names.quoted(member.id().name())
        : "TABLE " + Names.of(member.id());
  }

  private static Step alter(CatalogObject member, String clause) {
    return Step.of(
        member.id(),
        "ALTER PUBLICATION %s %s".formatted(Names.quoted(member.id().parent()), clause));
  }

  @Override
  public boolean mustReplace(Change.Altered change, Situation situation) {
    return true;
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of();
  }

  @Override
  public List<Step> drop(CatalogObject member, Situation situation) {
    return List.of(alter(member, "DROP " + name(member)));
  }
}
