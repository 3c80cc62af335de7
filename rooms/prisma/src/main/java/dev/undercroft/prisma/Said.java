package dev.undercroft.prisma;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Keeps which objects of a catalog were said, and how much of them. Not shared. */
final class Said {

  /** What hides from everybody's eyes, or is there from the beginning. */
  private static final Set<String> FRESH = Set.of("schema public", "extension plpgsql");

  /** Kinds that nothing written in Prisma's language may need: it cannot make them. */
  private static final Set<Kind> FOREIGN =
      EnumSet.complementOf(
          EnumSet.of(
              Kind.SCHEMA,
              Kind.EXTENSION,
              Kind.ENUM,
              Kind.TABLE,
              Kind.COLUMN,
              Kind.DEFAULT,
              Kind.CONSTRAINT,
              Kind.INDEX,
              Kind.ROLE));

  private final Catalog catalog;
  private final Map<ObjectId, Set<Attribute>> said = new HashMap<>();
  private final Set<ObjectId> changed = new HashSet<>();

  Said(Catalog catalog) {
    this.catalog = catalog;
  }

  /** These attributes of an object stand in the text. */
  void say(ObjectId id, Attribute... attributes) {
    Set<Attribute> all = said.computeIfAbsent(id, any -> EnumSet.noneOf(Attribute.class));
    all.addAll(List.of(attributes));
  }

  /** The object stands in the text, but as something else than it is. */
  void change(ObjectId id) {
    changed.add(id);
  }

  boolean isSaid(ObjectId id) {
    return said.containsKey(id);
  }

  /** Whether the object needs something that Prisma's language cannot make. */
  boolean needsMore(ObjectId id) {
    return catalog.needs(id).stream()
        .anyMatch(need -> FOREIGN.contains(need.to().kind()) && !isSaid(need.to()));
  }

  /** What was not said, or not wholly: an object or {@code attribute of object}. */
  Map<ObjectId, String> missing() {
    Map<ObjectId, String> missing = new TreeMap<>();
    for (CatalogObject object : catalog.objects()) {
      ObjectId id = object.id();
      if (FRESH.contains(id.toString()) || isInside(id)) {
        continue;
      }
      if (!isSaid(id) || changed.contains(id)) {
        missing.put(id, id.toString());
      } else {
        String rest = rest(object);
        if (!rest.isEmpty()) {
          missing.put(id, rest + " of " + id);
        }
      }
    }
    return missing;
  }

  private String rest(CatalogObject object) {
    List<String> rest = new ArrayList<>();
    for (Attribute attribute : object.values().keySet()) {
      if (attribute.isCompared() && !said.getOrDefault(object.id(), Set.of()).contains(attribute)) {
        rest.add(attribute.name().toLowerCase(Locale.ROOT).replace('_', ' '));
      }
    }
    return String.join(", ", rest);
  }

  /** Whether it belongs to something that is told of already. */
  private boolean isInside(ObjectId id) {
    if (id.parent().isEmpty()) {
      CatalogObject object = catalog.get(id);
      return object != null
          && id.kind() == Kind.INDEX
          && object.has(Attribute.TABLE)
          && !isSaid(ObjectId.at(Kind.TABLE, object.get(Attribute.TABLE)))
          && catalog.has(ObjectId.at(Kind.TABLE, object.get(Attribute.TABLE)));
    }
    for (Kind kind :
        List.of(Kind.TABLE, Kind.DOMAIN, Kind.COMPOSITE, Kind.VIEW, Kind.FOREIGN_TABLE)) {
      ObjectId parent = id.relation(kind);
      if (catalog.has(parent)) {
        return !isSaid(parent);
      }
    }
    return false;
  }

  /** A problem for each kind of thing that was not said, with the names. */
  static List<Problem> notes(Map<ObjectId, String> missing) {
    Map<Kind, List<String>> kinds = new TreeMap<>();
    missing.forEach(
        (id, name) -> kinds.computeIfAbsent(id.kind(), any -> new ArrayList<>()).add(name));
    List<Problem> notes = new ArrayList<>();
    kinds.forEach((kind, names) ->
        notes.add(
            Problem.of(
                    "PRISMA_NOT_SAID",
                    ProblemKind.INPUT,
                    "Prisma's language cannot say, or not wholly: " + String.join("; ", names))
                .withRemedy(
                    "Keep it as SQL: in a migration, or in a .sql file beside the .prisma file.")
                .with("kind", kind.words())));
    return notes;
  }
}
