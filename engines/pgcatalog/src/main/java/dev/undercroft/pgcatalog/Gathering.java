package dev.undercroft.pgcatalog;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one reading has seen so far: objects, and the server's keys for them. Not thread-safe. */
final class Gathering {

  private final Map<ObjectId, Map<Attribute, String>> objects = new HashMap<>();
  private final Map<ObjectKey, ObjectId> ids = new HashMap<>();
  private final Map<ObjectKey, ObjectKey> aliases = new HashMap<>();
  private final List<Dependency> dependencies = new ArrayList<>();
  private final Map<String, String> names = new HashMap<>();

  /** The one string for this name. */
  String name(String text) {
    String known = names.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /** Notes an object; what several queries say about the same one is put together. */
  void object(ObjectKey key, ObjectId id, Map<Attribute, String> values) {
    ids.put(key, id);
    objects.computeIfAbsent(id, any -> new EnumMap<>(Attribute.class)).putAll(values);
  }

  /** Notes that the server's {@code key} means what {@code meant} means. */
  void alias(ObjectKey key, ObjectKey meant) {
    aliases.put(key, meant);
  }

  /** Adds an attribute to the object of that key, if it is one of ours. */
  void attribute(ObjectKey key, Attribute attribute, String value) {
    ObjectId id = ids.get(key);
    if (id != null) {
      Map<Attribute, String> values = objects.get(id);
      if (values != null) {
        values.put(attribute, value);
      }
    }
  }

  /** Notes a dependency, when both ends are ours. */
  void dependency(ObjectKey from, ObjectKey to, String type) {
    if (type.equals("e") || type.equals("x") || type.equals("P")) {
      return;
    }
    ObjectId needy = resolve(from);
    ObjectId needed = resolve(to);
    if (needy == null || needed == null || needy.equals(needed)) {
      return;
    }
    boolean automatic = !type.equals("n");
    if (automatic && needy.kind() == Kind.SEQUENCE) {
      needy = needy.as(Kind.SEQUENCE_OWNERSHIP);
    } else if (automatic && isTable(needy) && isTable(needed)) {
      needy = needy.as(Kind.PARTITION);
    }
    dependencies.add(new Dependency(needy, needed, automatic));
  }

  private static boolean isTable(ObjectId id) {
    return id.kind() == Kind.TABLE || id.kind() == Kind.FOREIGN_TABLE;
  }

  private @Nullable ObjectId resolve(ObjectKey key) {
    ObjectKey now = key;
    for (int hops = 0; hops < 5; hops++) {
      ObjectId id = ids.get(now);
      if (id == null && now.column() > 0) {
        id = ids.get(now.whole());
      }
      if (id != null) {
        return id;
      }
      ObjectKey meant = aliases.get(now.whole());
      if (meant == null) {
        return null;
      }
      now = meant;
    }
    return null;
  }

  /** The objects, and the ties that the server does not keep as dependencies. */
  List<CatalogObject> objects() {
    return objects.entrySet().stream()
        .map(entry -> new CatalogObject(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** In the order of their ends, so that the same contents give the same plan. */
  List<Dependency> dependencies() {
    List<Dependency> all = new ArrayList<>(dependencies);
    for (ObjectId id : objects.keySet()) {
      switch (id.kind()) {
        case COLUMN -> owner(id).ifPresent(table -> all.add(new Dependency(id, table, true)));
        case SEQUENCE_OWNERSHIP -> all.add(new Dependency(id, id.as(Kind.SEQUENCE), true));
        case INDEX, CONSTRAINT ->
            whole(id).ifPresent(whole -> all.add(new Dependency(id, whole, true)));
        case PARTITION -> relation(id).ifPresent(table -> all.add(new Dependency(id, table, true)));
        default -> {}
      }
    }
    Collections.sort(all);
    List<Dependency> once = new ArrayList<>(all.size());
    for (Dependency one : all) {
      if (once.isEmpty() || once.getLast().compareTo(one) != 0) {
        once.add(one);
      }
    }
    return once;
  }

  /** The index of the partitioned table that an index of a partition belongs to. */
  private Optional<ObjectId> whole(ObjectId id) {
    Map<Attribute, String> values = objects.getOrDefault(id, Map.of());
    String place = values.get(Attribute.PARTITION_OF);
    if (place == null) {
      return Optional.empty();
    }
    ObjectId index = ObjectId.at(Kind.INDEX, place);
    if (objects.containsKey(index)) {
      return Optional.of(index);
    }
    String part = values.getOrDefault(Attribute.TABLE, "");
    Map<Attribute, String> tie =
        part.indexOf('\t') < 0 ? null : objects.get(ObjectId.at(Kind.PARTITION, part));
    return tie == null
        ? Optional.empty()
        : Optional.of(ObjectId.at(Kind.TABLE, tie.getOrDefault(Attribute.PARTITION_OF, "\t")))
            .map(table -> ObjectId.in(Kind.CONSTRAINT, table.schema(), table.name(), index.name()))
            .filter(objects::containsKey);
  }

  private Optional<ObjectId> owner(ObjectId column) {
    return relation(ObjectId.of(Kind.TABLE, column.schema(), column.parent()));
  }

  private Optional<ObjectId> relation(ObjectId id) {
    return List.of(
            Kind.TABLE, Kind.FOREIGN_TABLE, Kind.COMPOSITE, Kind.VIEW, Kind.MATERIALIZED_VIEW)
        .stream()
        .map(id::as)
        .filter(objects::containsKey)
        .findFirst();
  }
}
