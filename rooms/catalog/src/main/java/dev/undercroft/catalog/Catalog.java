package dev.undercroft.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything a database contains that a user defined, at one moment. Two catalogs read from servers
 * of the same version compare by value. Immutable and thread-safe.
 */
public final class Catalog {

  private final ServerVersion server;
  private final SortedMap<ObjectId, CatalogObject> objects;
  private final Map<ObjectId, CatalogObject> byId = new HashMap<>();
  private final Map<ObjectId, List<Dependency>> needs = new HashMap<>();
  private final Map<ObjectId, List<Dependency>> neededBy = new HashMap<>();
  private final List<Unmodelled> unmodelled;

  /** Puts a catalog together; the order of the collections does not matter. */
  public Catalog(
      ServerVersion server,
      Collection<CatalogObject> objects,
      Collection<Dependency> dependencies,
      List<Unmodelled> unmodelled) {
    SortedMap<ObjectId, CatalogObject> sorted = new TreeMap<>();
    objects.forEach(object -> byId.put(object.id(), object));
    sorted.putAll(byId);
    this.server = server;
    this.objects = Collections.unmodifiableSortedMap(sorted);
    this.unmodelled = List.copyOf(unmodelled);
    for (Dependency dependency : dependencies) {
      needs.computeIfAbsent(dependency.from(), id -> new ArrayList<>()).add(dependency);
      neededBy.computeIfAbsent(dependency.to(), id -> new ArrayList<>()).add(dependency);
    }
  }

  /** A database with nothing in it. */
  public static Catalog empty(ServerVersion server) {
    return new Catalog(server, List.of(), List.of(), List.of());
  }

  /** The server it was read from. */
  public ServerVersion server() {
    return server;
  }

  /** All objects, in the order of their ids. */
  public Collection<CatalogObject> objects() {
    return objects.values();
  }

  /** The object with this id, if there is one. */
  public Optional<CatalogObject> find(ObjectId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The object with this id, or null: for the callers in inner loops. */
  public @Nullable CatalogObject get(ObjectId id) {
    return byId.get(id);
  }

  /** Whether there is an object with this id. */
  public boolean has(ObjectId id) {
    return byId.containsKey(id);
  }

  /** What this object needs. */
  public List<Dependency> needs(ObjectId id) {
    return Collections.unmodifiableList(needs.getOrDefault(id, List.of()));
  }

  /** Who needs this object. */
  public List<Dependency> neededBy(ObjectId id) {
    return Collections.unmodifiableList(neededBy.getOrDefault(id, List.of()));
  }

  /** All dependencies, in no particular order. */
  public List<Dependency> dependencies() {
    return needs.values().stream().flatMap(List::stream).toList();
  }

  /** The objects of one kind that belong to a parent, in the order of their ids. */
  public List<CatalogObject> children(ObjectId parent, Kind kind) {
    ObjectId first = ObjectId.in(kind, parent.schema(), parent.name(), "");
    ObjectId last = ObjectId.in(kind, parent.schema(), parent.name() + '\0', "");
    return List.copyOf(objects.subMap(first, last).values());
  }

  /** The objects of one kind, in the order of their ids. */
  public List<CatalogObject> ofKind(Kind kind) {
    ObjectId first = ObjectId.of(kind, "", "");
    return objects.tailMap(first).values().stream()
        .takeWhile(object -> object.id().kind() == kind)
        .toList();
  }

  /** The ids of all objects from this id on, in order. */
  public Collection<ObjectId> from(ObjectId first) {
    return objects.tailMap(first).keySet();
  }

  /** What was met and has no kind of its own. */
  public List<Unmodelled> unmodelled() {
    return unmodelled;
  }

  /** A digest of all compared attributes of all objects: equal exactly when the contents are. */
  public String fingerprint() {
    return Fingerprint.of(objects.values());
  }

  /** Two catalogs are equal when their compared contents are, whatever server they came from. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Catalog catalog && fingerprint().equals(catalog.fingerprint());
  }

  @Override
  public int hashCode() {
    return objects.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "catalog of " + server + " with " + objects.size() + " objects";
  }
}
