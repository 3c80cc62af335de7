package dev.undercroft.pgdump;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the tables that patterns name, and all that is theirs. Stateless. */
final class Selection {

  private Selection() {}

  /**
   * The tables that are meant.
   *
   * @throws ProblemException naming every pattern that fits nothing
   */
  static Set<ObjectId> tables(Catalog catalog, List<String> patterns) {
    Set<ObjectId> found = new HashSet<>();
    List<Problem> problems = new ArrayList<>();
    for (String pattern : patterns) {
      Pattern regex = regex(pattern);
      int before = found.size();
      for (Kind kind : List.of(Kind.TABLE, Kind.FOREIGN_TABLE)) {
        for (CatalogObject table : catalog.ofKind(kind)) {
          ObjectId id = table.id();
          if (regex.matcher(id.name()).matches()
              || regex.matcher(id.schema() + '.' + id.name()).matches()) {
            found.add(id);
          }
        }
      }
      if (found.size() == before) {
        problems.add(
            Problem.of("PGDUMP_NO_TABLE", ProblemKind.INPUT, "no table is called " + pattern)
                .withRemedy("Name it as NAME or SCHEMA.NAME; * stands for any letters."));
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return found;
  }

  private static Pattern regex(String pattern) {
    return Pattern.compile(
        "\\Q" + pattern.replace("\\E", "").replace("*", "\\E.*\\Q").replace("\"", "") + "\\E");
  }

  /** The catalog without these tables and what is theirs. */
  static Catalog without(Catalog catalog, Set<ObjectId> tables) {
    return filtered(catalog, object -> !belongs(object, tables, catalog));
  }

  /** The catalog with the objects that pass; dependencies between others are dropped. */
  static Catalog filtered(Catalog catalog, java.util.function.Predicate<CatalogObject> keeps) {
    List<CatalogObject> kept = catalog.objects().stream().filter(keeps).toList();
    Set<ObjectId> ids = new HashSet<>();
    kept.forEach(object -> ids.add(object.id()));
    List<Dependency> needs =
        catalog.dependencies().stream()
            .filter(need -> ids.contains(need.from()) && ids.contains(need.to()))
            .toList();
    return new Catalog(catalog.server(), kept, needs, catalog.unmodelled());
  }

  private static boolean belongs(CatalogObject object, Set<ObjectId> tables, Catalog catalog) {
    ObjectId id = object.id();
    if (tables.contains(id)
        || has(tables, id.schema(), id.parent())
        || (id.kind() == Kind.PARTITION && has(tables, id.schema(), id.name()))) {
      return true;
    }
    return switch (id.kind()) {
      case INDEX, STATISTICS -> has(tables, object.get(Attribute.TABLE));
      case SEQUENCE -> owner(id, catalog).filter(t -> has(tables, t)).isPresent();
      case SEQUENCE_OWNERSHIP ->
          owner(id.as(Kind.SEQUENCE), catalog).filter(t -> has(tables, t)).isPresent();
      default -> false;
    };
  }

  private static Optional<String> owner(ObjectId sequence, Catalog catalog) {
    return catalog
        .find(sequence.as(Kind.SEQUENCE_OWNERSHIP))
        .map(tie -> tie.get(Attribute.OWNED_BY))
        .filter(place -> place.contains("\t"))
        .map(place -> place.substring(0, place.lastIndexOf('\t')));
  }

  private static boolean has(Set<ObjectId> tables, String schema, String name) {
    return tables.contains(ObjectId.of(Kind.TABLE, schema, name))
        || tables.contains(ObjectId.of(Kind.FOREIGN_TABLE, schema, name));
  }

  private static boolean has(Set<ObjectId> tables, String place) {
    int tab = place.indexOf('\t');
    return tab > 0 && has(tables, place.substring(0, tab), place.substring(tab + 1));
  }
}
