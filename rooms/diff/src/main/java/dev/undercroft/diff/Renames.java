package dev.undercroft.diff;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What gets another name, and a catalog as it is after that. Immutable.
 *
 * @param names from old ids to new ids, of the same kind and place
 */
public record Renames(Map<ObjectId, ObjectId> names) {

  /** Nothing is renamed. */
  public static final Renames NONE = new Renames(Map.of());

  private static final Set<Attribute> TEXTS =
      Set.of(
          Attribute.DEFINITION,
          Attribute.EXPRESSION,
          Attribute.USING,
          Attribute.CHECK,
          Attribute.COLUMNS,
          Attribute.PARTITION_KEY,
          Attribute.TYPE);
  private static final Set<Attribute> PLACES =
      Set.of(Attribute.TABLE, Attribute.PARTITION_OF, Attribute.INHERITS, Attribute.OWNED_BY);

  /** Since this version of the server not-null constraints have names. */
  private static final int NAMED_NOT_NULL = 18;

  private static final int LONGEST_NAME = 63;

  /** Copies the map. */
  public Renames {
    names = Map.copyOf(names);
  }

  /** These renames without those that were made already or concern nothing in these catalogs. */
  public Renames within(Catalog before, Catalog after) {
    Map<ObjectId, ObjectId> kept = new HashMap<>();
    names.forEach((from, to) -> {
      ObjectId moved =
          new ObjectId(from.kind(), from.schema(), to.parent(), from.name(), from.arguments());
      ObjectId old = before.has(from) ? from : moved;
      ObjectId done = new ObjectId(to.kind(), to.schema(), old.parent(), to.name(), to.arguments());
      if (before.has(old) && !before.has(done) && after.has(to)) {
        kept.put(old, to);
      }
    });
    return new Renames(kept);
  }

  /** The changes, in the order of the old ids: tables before their columns. */
  public List<Change.Renamed> changes() {
    return new TreeMap<>(names)
        .entrySet().stream()
            .map(entry -> new Change.Renamed(entry.getKey(), entry.getValue()))
            .toList();
  }

  /**
   * These renames and those that lose nothing and need no asking: a constraint or an index that is
   * alike in everything but its name.
   */
  public Renames withTwins(Catalog before, Catalog after) {
    Catalog now = apply(before);
    Map<ObjectId, ObjectId> all = new HashMap<>(names);
    Map<String, ObjectId> gone = new HashMap<>();
    Set<String> twice = new HashSet<>();
    for (Kind kind : List.of(Kind.CONSTRAINT, Kind.INDEX)) {
      for (CatalogObject original : before.ofKind(kind)) {
        CatalogObject old = Objects.requireNonNull(now.get(renamed(original.id())));
        if (!after.has(old.id()) && gone.put(nameless(old), original.id()) != null) {
          twice.add(nameless(old));
        }
      }
      for (CatalogObject wanted : after.ofKind(kind)) {
        ObjectId old = now.has(wanted.id()) ? null : gone.get(nameless(wanted));
        if (old != null && twice.add(nameless(wanted))) {
          all.put(old, wanted.id());
        }
      }
    }
    return new Renames(all);
  }

  private static String nameless(CatalogObject object) {
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    object.values().forEach((key, value) -> values.put(key, key.isCompared() ? value : ""));
    values.remove(Attribute.COMMENT);
    if (object.id().kind() == Kind.INDEX) {
      String definition = object.get(Attribute.DEFINITION);
      int on =
          definition.indexOf(" ON ", "CREATE INDEX ".length() + object.id().name().length() - 1);
      values.put(Attribute.DEFINITION, definition.substring(Math.max(0, on)));
    }
    return object.id().kind() + " " + object.id().schema() + '\t' + object.id().parent() + values;
  }

  /** The catalog after the renaming. Texts that the server would rewrite are rewritten by names. */
  public Catalog apply(Catalog catalog) {
    if (names.isEmpty()) {
      return catalog;
    }
    List<CatalogObject> objects = new ArrayList<>();
    for (CatalogObject object : catalog.objects()) {
      objects.add(new CatalogObject(renamed(object.id()), values(object, catalog)));
    }
    List<Dependency> dependencies =
        catalog.dependencies().stream()
            .map(d -> new Dependency(renamed(d.from()), renamed(d.to()), d.automatic()))
            .toList();
    return new Catalog(catalog.server(), objects, dependencies, catalog.unmodelled());
  }

  /** The new id of something, also of a part of what is renamed. */
  public ObjectId renamed(ObjectId id) {
    if (names.isEmpty()) {
      return id;
    }
    ObjectId own = names.get(id);
    String name = own == null ? tieName(id) : own.name();
    return new ObjectId(id.kind(), id.schema(), parentName(id), name, id.arguments());
  }

  /** Defaults are called like their column, ties like their table or sequence. */
  private String tieName(ObjectId id) {
    Optional<ObjectId> of =
        switch (id.kind()) {
          case DEFAULT -> find(id.as(Kind.COLUMN));
          case PARTITION, PUBLICATION_TABLE ->
              find(ObjectId.of(Kind.TABLE, id.schema(), id.name()));
          case SEQUENCE_OWNERSHIP -> find(id.as(Kind.SEQUENCE));
          default -> Optional.empty();
        };
    return of.map(ObjectId::name).orElse(id.name());
  }

  private Optional<ObjectId> find(ObjectId id) {
    return Optional.ofNullable(names.get(id));
  }

  private String parentName(ObjectId id) {
    if (id.parent().isEmpty()) {
      return "";
    }
    return List.of(
            Kind.TABLE,
            Kind.FOREIGN_TABLE,
            Kind.VIEW,
            Kind.MATERIALIZED_VIEW,
            Kind.COMPOSITE,
            Kind.DOMAIN)
        .stream()
        .map(kind -> names.get(id.relation(kind)))
        .filter(Objects::nonNull)
        .findFirst()
        .map(ObjectId::name)
        .orElse(id.parent());
  }

  private Map<Attribute, String> values(CatalogObject object, Catalog catalog) {
    Map<Attribute, String> values = new EnumMap<>(Attribute.class);
    values.putAll(object.values());
    List<ObjectId> concerned = new ArrayList<>(List.of(object.id()));
    catalog.needs(object.id()).forEach(need -> concerned.add(need.to()));
    for (ObjectId id : List.copyOf(concerned)) {
      concerned.add(id.relation(Kind.TABLE));
    }
    for (ObjectId id : concerned) {
      ObjectId to = names.get(id);
      if (to != null) {
        values.replaceAll((key, value) -> TEXTS.contains(key) ? token(value, id, to) : value);
      }
    }
    names.forEach((from, to) ->
        values.replaceAll((key, value) -> PLACES.contains(key) ? place(value, from, to) : value));
    if (object.id().kind() == Kind.COLUMN && catalog.server().since(NAMED_NOT_NULL)) {
      keepNotNullName(object, values);
    }
    return values;
  }

  /** A not-null constraint keeps its name when the column or table gets another one. */
  private void keepNotNullName(CatalogObject column, Map<Attribute, String> values) {
    String usual = usualName(column.id());
    String usualNow = usualName(renamed(column.id()));
    if (column.has(Attribute.NOT_NULL) && !usual.equals(usualNow)) {
      String name = column.find(Attribute.NOT_NULL_NAME).orElse(usual);
      if (name.equals(usualNow)) {
        values.remove(Attribute.NOT_NULL_NAME);
      } else {
        values.put(Attribute.NOT_NULL_NAME, name);
      }
    }
  }

  private static String usualName(ObjectId column) {
    String name = column.parent() + '_' + column.name() + "_not_null";
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
  }

  private static String token(String text, ObjectId from, ObjectId to) {
    return Pattern.compile("(?<![\\w\"'])(\"?)" + Pattern.quote(from.name()) + "\\1(?![\\w\"'])")
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(quoted(to.name())));
  }

  private static String quoted(String name) {
    return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String place(String value, ObjectId from, ObjectId to) {
    String old =
        from.kind() == Kind.COLUMN
            ? from.relation(Kind.TABLE).place() + '\t' + from.name()
            : from.place();
    String now =
        to.kind() == Kind.COLUMN ? to.relation(Kind.TABLE).place() + '\t' + to.name() : to.place();
    List<String> lines = new ArrayList<>();
    for (String line : value.split("\n", -1)) {
      boolean inside = line.startsWith(old + '\t');
      lines.add(line.equals(old) ? now : inside ? now + line.substring(old.length()) : line);
    }
    return String.join("\n", lines);
  }
}
