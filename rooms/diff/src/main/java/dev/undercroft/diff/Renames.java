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
import java.util.function.UnaryOperator;
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
          Attribute.PARAMETERS,
          Attribute.RETURNS,
          Attribute.PARTITION_KEY,
          Attribute.TYPE);
  private static final Set<Attribute> PLACES =
      Set.of(Attribute.TABLE, Attribute.PARTITION_OF, Attribute.INHERITS, Attribute.OWNED_BY);

  private static final Set<Attribute> PLAIN =
      Set.of(Attribute.COMMENT, Attribute.LABELS, Attribute.WRITTEN, Attribute.SPELLING);
  private static final Set<Kind> TYPES =
      Set.of(
          Kind.ENUM,
          Kind.DOMAIN,
          Kind.COMPOSITE,
          Kind.RANGE,
          Kind.TABLE,
          Kind.VIEW,
          Kind.MATERIALIZED_VIEW,
          Kind.FOREIGN_TABLE);

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
      ObjectId old = before.has(from) ? from : before.has(moved) ? moved : retyped(moved, before);
      ObjectId done = new ObjectId(to.kind(), to.schema(), old.parent(), to.name(), to.arguments());
      if (before.has(old) && !before.has(done) && after.has(to)) {
        kept.put(old, to);
      }
    });
    return new Renames(kept);
  }

  /** The routine that is called so once the types of its arguments have their new names. */
  private ObjectId retyped(ObjectId routine, Catalog before) {
    ObjectId first = new ObjectId(routine.kind(), routine.schema(), "", routine.name(), "");
    return before.from(first).stream()
        .takeWhile(id -> id.kind() == first.kind() && id.name().equals(first.name()))
        .filter(id -> id.schema().equals(first.schema()))
        .filter(id -> arguments(id).equals(routine.arguments()))
        .findFirst()
        .orElse(routine);
  }

  /** Argument types under their new names. */
  private String arguments(ObjectId id) {
    String text = id.arguments();
    if (text.isEmpty() || (id.kind() != Kind.FUNCTION && id.kind() != Kind.AGGREGATE)) {
      return text;
    }
    for (Map.Entry<ObjectId, ObjectId> entry : names.entrySet()) {
      if (entry.getKey().kind() == Kind.SCHEMA) {
        text =
            text.replace(
                quoted(entry.getKey().name()) + '.', quoted(entry.getValue().name()) + '.');
      }
      if (TYPES.contains(entry.getKey().kind())) {
        String from = quoted(entry.getKey().schema()) + '.' + quoted(entry.getKey().name());
        String to = quoted(entry.getValue().schema()) + '.' + quoted(entry.getValue().name());
        text =
            Pattern.compile("(?<![\\w\"])" + Pattern.quote(from) + "(?![\\w\"])")
                .matcher(text)
                .replaceAll(Matcher.quoteReplacement(to));
      }
    }
    return text;
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
    String schema = schemaName(id.schema());
    return new ObjectId(id.kind(), schema, parentName(id), name, arguments(id));
  }

  private String schemaName(String schema) {
    return find(ObjectId.of(Kind.SCHEMA, "", schema)).map(ObjectId::name).orElse(schema);
  }

  /** Defaults are called like their column, ties like their table or sequence. */
  private String tieName(ObjectId id) {
    Optional<ObjectId> of =
        switch (id.kind()) {
          case DEFAULT -> find(id.as(Kind.COLUMN));
          case PARTITION, PUBLICATION_TABLE ->
              find(ObjectId.of(Kind.TABLE, id.schema(), id.name()));
          case SEQUENCE_OWNERSHIP -> find(id.as(Kind.SEQUENCE));
          case PUBLICATION_SCHEMA -> find(ObjectId.of(Kind.SCHEMA, "", id.name()));
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
        values.replaceAll((key, value) ->
            TEXTS.contains(key) && id.kind() != Kind.SCHEMA
                ? inHead(value, object, head -> token(head, id, to))
                : value);
      }
    }
    names.forEach((from, to) ->
        values.replaceAll((key, value) -> PLACES.contains(key) ? place(value, from, to) : value));
    names.forEach((from, to) -> {
      if (from.kind() == Kind.SCHEMA) {
        values.replaceAll((key, value) ->
            PLAIN.contains(key)
                ? value
                : inHead(value, object, head -> inSchema(head, from.name(), to.name())));
      }
    });
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

  /** The server keeps the text of a function as it was written. */
  private static String inHead(String text, CatalogObject object, UnaryOperator<String> change) {
    int body =
        object.id().kind() != Kind.FUNCTION || object.has(Attribute.PARSED_BODY)
            ? -1
            : text.indexOf("\nAS ");
    return body < 0
        ? change.apply(text)
        : change.apply(text.substring(0, body)) + text.substring(body);
  }

  private static String inSchema(String text, String from, String to) {
    String place = text.startsWith(from + '\t') ? to + text.substring(from.length()) : text;
    return Pattern.compile("(?<![\\w\".$])" + Pattern.quote(quoted(from)) + "\\.")
        .matcher(place)
        .replaceAll(Matcher.quoteReplacement(quoted(to) + '.'));
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
