package dev.undercroft.pgddl;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Situation;
import dev.undercroft.plan.Step;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Composite types. Stateless. */
final class CompositeDdl implements Ddl {

  @Override
  public List<Step> create(CatalogObject type, List<CatalogObject> inline, Situation situation) {
    String fields =
        inline.stream()
            .filter(part -> part.id().kind() == Kind.COLUMN)
            .sorted(
                Comparator.comparingInt(column -> Integer.parseInt(column.get(Attribute.POSITION))))
            .map(field -> ColumnText.definition(field, "", situation.after().server()))
            .collect(Collectors.joining(", "));
    return List.of(
        Step.of(type.id(), "CREATE TYPE %s AS (%s)".formatted(Names.of(type.id()), fields)));
  }

  @Override
  public List<Step> alter(Change.Altered change, Situation situation) {
    return List.of();
  }

  /** A field gets another type; the server only allows it while no column is of the composite. */
  static Step alterField(Change.Altered change, Situation situation) {
    CatalogObject field = change.after();
    ObjectId type = field.id().relation(Kind.COMPOSITE);
    boolean used =
        situation.before().neededBy(type).stream()
            .map(Dependency::from)
            .anyMatch(id ->
                id.kind() == Kind.COLUMN
                    && situation.isStanding(id)
                    && situation.isStanding(id.relation(Kind.TABLE)));
    if (used && change.touches(Attribute.TYPE)) {
      throw Problem.of(
              "PGDDL_FIELD_IN_USE",
              ProblemKind.CONFLICT,
              "the type of %s cannot change while columns are of %s".formatted(field.id(), type))
          .withRemedy("Add a new field, carry the values over, then drop the old field.")
          .exception();
    }
    String collation = field.find(Attribute.COLLATION).map(name -> " COLLATE " + name).orElse("");
    return Step.of(
        field.id(),
        "ALTER TYPE %s ALTER ATTRIBUTE %s TYPE %s%s"
            .formatted(
                Names.of(type),
                Names.quoted(field.id().name()),
                field.get(Attribute.TYPE),
                collation));
  }
}
