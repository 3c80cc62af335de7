package dev.undercroft.catalog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One object of a database and everything that is known about it, except what belongs to other
 * objects. Immutable.
 *
 * @param id its name
 * @param values its attributes; one that has its default value is absent
 */
public record CatalogObject(ObjectId id, Map<Attribute, String> values) {

  /** Copies the attributes. */
  public CatalogObject {
    Map<Attribute, String> copy = new EnumMap<>(Attribute.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** The value of an attribute, or empty text. */
  public String get(Attribute attribute) {
    return values.getOrDefault(attribute, "");
  }

  /** The value of an attribute, if it is not the default. */
  public Optional<String> find(Attribute attribute) {
    return Optional.ofNullable(values.get(attribute));
  }

  /** Whether the attribute is there at all. */
  public boolean has(Attribute attribute) {
    return values.containsKey(attribute);
  }

  /** Whether the attribute has this value. */
  public boolean is(Attribute attribute, String value) {
    return value.equals(values.get(attribute));
  }

  /** The entries of an attribute that is a list; empty when it is absent. */
  public List<String> lines(Attribute attribute) {
    String value = values.get(attribute);
    return value == null ? List.of() : List.of(value.split("\n", -1));
  }

  /** A copy with one attribute set, or removed when the value is empty. */
  public CatalogObject with(Attribute attribute, String value) {
    Map<Attribute, String> copy = new EnumMap<>(Attribute.class);
    copy.putAll(values);
    if (value.isEmpty()) {
      copy.remove(attribute);
    } else {
      copy.put(attribute, value);
    }
    return new CatalogObject(id, copy);
  }

  /** The compared attributes in which the other object differs from this one. */
  public Set<Attribute> differences(CatalogObject other) {
    Set<Attribute> different = EnumSet.noneOf(Attribute.class);
    if (values.equals(other.values)) {
      return different;
    }
    for (Attribute attribute : Attribute.values()) {
      if (attribute.isCompared() && !isAlike(attribute, other)) {
        different.add(attribute);
      }
    }
    return different;
  }

  private boolean isAlike(Attribute attribute, CatalogObject other) {
    String mine = values.get(attribute);
    String theirs = other.values.get(attribute);
    if (mine == null || theirs == null) {
      return mine == null && theirs == null;
    }
    return mine.equals(theirs) || attribute.comparable(mine).equals(attribute.comparable(theirs));
  }
}
