package dev.undercroft.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Names one object of a database: two catalogs talk about the same thing when its ids are equal.
 * Names are as the server stores them, not quoted. Immutable.
 *
 * @param kind what sort of thing it is
 * @param schema the schema it lives in; empty when its kind has none
 * @param parent the relation, domain, server or publication it belongs to, without schema; empty
 *     when it stands alone
 * @param name its own name
 * @param arguments what else tells it from others of the same name: argument types of a routine,
 *     the method of an operator class; else empty
 */
public record ObjectId(Kind kind, String schema, String parent, String name, String arguments)
    implements Comparable<ObjectId> {

  /** A thing that stands alone in a schema. */
  public static ObjectId of(Kind kind, String schema, String name) {
    return new ObjectId(kind, schema, "", name, "");
  }

  /** A thing that belongs to a relation, a domain or the like. */
  public static ObjectId in(Kind kind, String schema, String parent, String name) {
    return new ObjectId(kind, schema, parent, name, "");
  }

  /** The same place with another kind: from a column to its default, from a table to its tie. */
  public ObjectId as(Kind other) {
    return new ObjectId(other, schema, parent, name, arguments);
  }

  /** The same thing under another name. */
  public ObjectId named(String other) {
    return new ObjectId(kind, schema, parent, other, arguments);
  }

  /** Schema and name with a tab between: how attributes speak of other objects. */
  public String place() {
    return schema + '\t' + name;
  }

  /**
   * The object of that kind at a {@link #place()}.
   *
   * @throws IllegalArgumentException if the text has no tab
   */
  public static ObjectId at(Kind kind, String place) {
    int tab = place.indexOf('\t');
    if (tab < 0) {
      throw new IllegalArgumentException("not a place: " + place);
    }
    return of(kind, place.substring(0, tab), place.substring(tab + 1));
  }

  /** The relation this column, default, constraint, trigger, rule or policy belongs to. */
  public ObjectId relation(Kind relationKind) {
    return of(relationKind, schema, parent);
  }

  @Override
  public int compareTo(ObjectId other) {
    int order = kind.compareTo(other.kind);
    if (order == 0) {
      order = compare(schema, other.schema);
    }
    if (order == 0) {
      order = compare(parent, other.parent);
    }
    if (order == 0) {
      order = compare(name, other.name);
    }
    return order == 0 ? compare(arguments, other.arguments) : order;
  }

  /** One reading has one string for each name, so that the same is told at a glance. */
  @SuppressWarnings("ReferenceEquality")
  private static int compare(String one, String other) {
    return one == other ? 0 : one.compareTo(other);
  }

  /**
   * Written out: ids are keys of everything, and the record's own way takes several times longer.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ObjectId id
            && kind == id.kind
            && name.equals(id.name)
            && parent.equals(id.parent)
            && schema.equals(id.schema)
            && arguments.equals(id.arguments));
  }

  @Override
  public int hashCode() {
    int hash = kind.hashCode();
    hash = 31 * hash + schema.hashCode();
    hash = 31 * hash + parent.hashCode();
    hash = 31 * hash + name.hashCode();
    return 31 * hash + arguments.hashCode();
  }

  /** For people: {@code column public.person.name}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(kind.words()).append(' ');
    if (!schema.isEmpty()) {
      text.append(schema).append('.');
    }
    if (!parent.isEmpty()) {
      text.append(parent).append('.');
    }
    text.append(name);
    if (kind == Kind.FUNCTION || kind == Kind.AGGREGATE || !arguments.isEmpty()) {
      text.append('(').append(arguments).append(')');
    }
    return text.toString();
  }
}
