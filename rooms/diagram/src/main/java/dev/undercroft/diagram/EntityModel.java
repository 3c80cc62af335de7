package dev.undercroft.diagram;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tables and how they refer to each other. Partitions are left out: they repeat their table.
 * Immutable.
 *
 * @param entities the tables, in the order of their names
 * @param relations the foreign keys between them
 */
public record EntityModel(List<Entity> entities, List<Relation> relations) {

  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".(]+)";
  private static final Pattern FOREIGN =
      Pattern.compile(
          "FOREIGN KEY \\((.*?)\\) REFERENCES (?:(%1$s)\\.)?(%1$s)\\((.*?)\\)".formatted(NAME));
  private static final Pattern KEY = Pattern.compile("^(PRIMARY KEY|UNIQUE)[^(]*\\((.*?)\\)");

  /** Copies the lists. */
  public EntityModel {
    entities = List.copyOf(entities);
    relations = List.copyOf(relations);
  }

  /**
   * A table.
   *
   * @param name with its schema, unless that is {@code public}
   * @param columns in their order
   */
  public record Entity(String name, List<Column> columns) {
    /** Copies the list. */
    public Entity {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A column.
   *
   * @param name its name
   * @param type as the server prints it
   * @param required whether nulls are refused
   * @param mark {@code PK}, {@code FK}, {@code UK} or empty text
   */
  public record Column(String name, String type, boolean required, String mark) {}

  /**
   * A foreign key.
   *
   * @param from the table that refers
   * @param to the table that is referred to
   * @param columns the referring columns
   * @param targets the columns referred to
   * @param optional whether a row may refer to nothing
   * @param single whether at most one row refers to the same
   */
  public record Relation(
      String from,
      String to,
      List<String> columns,
      List<String> targets,
      boolean optional,
      boolean single) {
    /** Copies the lists. */
    public Relation {
      columns = List.copyOf(columns);
      targets = List.copyOf(targets);
    }
  }

  /** The tables of a catalog. */
  public static EntityModel of(Catalog catalog) {
    List<Entity> entities = new ArrayList<>();
    List<Relation> relations = new ArrayList<>();
    for (CatalogObject table : catalog.ofKind(Kind.TABLE)) {
      if (!catalog.has(table.id().as(Kind.PARTITION))) {
        List<CatalogObject> constraints = catalog.children(table.id(), Kind.CONSTRAINT);
        entities.add(entity(table.id(), catalog, constraints));
        constraints.forEach(one -> relation(one, catalog, constraints, relations));
      }
    }
    Set<String> names = new HashSet<>();
    entities.forEach(entity -> names.add(entity.name()));
    relations.removeIf(relation -> !names.contains(relation.to()));
    return new EntityModel(entities, relations);
  }

  private static Entity entity(ObjectId table, Catalog catalog, List<CatalogObject> constraints) {
    List<CatalogObject> columns = new ArrayList<>(catalog.children(table, Kind.COLUMN));
    columns.sort(Comparator.comparingInt(EntityModel::position));
    List<Column> shown = new ArrayList<>();
    for (CatalogObject column : columns) {
      shown.add(
          new Column(
              spelling(column.id(), catalog),
              column.get(Attribute.TYPE),
              column.has(Attribute.NOT_NULL),
              mark(column.id().name(), constraints)));
    }
    return new Entity(name(table.schema(), spelling(table, catalog)), shown);
  }

  private static int position(CatalogObject column) {
    String position = column.get(Attribute.POSITION);
    return position.isEmpty() ? 0 : Integer.parseInt(position);
  }

  private static String mark(String column, List<CatalogObject> constraints) {
    for (String type : List.of("p", "f", "u")) {
      for (CatalogObject one : constraints) {
        if (one.is(Attribute.CONSTRAINT_TYPE, type) && columns(one).contains(column)) {
          return type.equals("p") ? "PK" : type.equals("f") ? "FK" : "UK";
        }
      }
    }
    return "";
  }

  private static List<String> columns(CatalogObject constraint) {
    String definition = constraint.get(Attribute.DEFINITION);
    Matcher foreign = FOREIGN.matcher(definition);
    Matcher key = KEY.matcher(definition);
    return foreign.find() ? split(foreign.group(1)) : key.find() ? split(key.group(2)) : List.of();
  }

  private static void relation(
      CatalogObject constraint,
      Catalog catalog,
      List<CatalogObject> constraints,
      List<Relation> relations) {
    Matcher foreign = FOREIGN.matcher(constraint.get(Attribute.DEFINITION));
    if (!constraint.is(Attribute.CONSTRAINT_TYPE, "f") || !foreign.find()) {
      return;
    }
    ObjectId id = constraint.id();
    List<String> own = split(foreign.group(1));
    boolean optional =
        own.stream()
            .map(name -> catalog.get(ObjectId.in(Kind.COLUMN, id.schema(), id.parent(), name)))
            .anyMatch(column -> column != null && !column.has(Attribute.NOT_NULL));
    boolean single =
        constraints.stream()
            .filter(one -> KEY.matcher(one.get(Attribute.DEFINITION)).find())
            .anyMatch(one -> own.containsAll(columns(one)));
    String schema = foreign.group(2) == null ? "public" : plain(foreign.group(2));
    relations.add(
        new Relation(
            name(id.schema(), spelling(ObjectId.of(Kind.TABLE, id.schema(), id.parent()), catalog)),
            name(
                schema,
                spelling(ObjectId.of(Kind.TABLE, id.schema(), plain(foreign.group(3))), catalog)),
            own,
            split(foreign.group(4)),
            optional,
            single));
  }

  private static String spelling(ObjectId id, Catalog catalog) {
    CatalogObject object = catalog.get(id);
    return object == null ? id.name() : object.find(Attribute.SPELLING).orElse(id.name());
  }

  private static String name(String schema, String name) {
    return schema.isEmpty() || schema.equals("public") ? name : schema + "." + name;
  }

  private static List<String> split(String columns) {
    List<String> names = new ArrayList<>();
    for (String name : columns.split(", ", -1)) {
      names.add(plain(name.replaceFirst("^PERIOD ", "").replaceFirst(" WITHOUT OVERLAPS$", "")));
    }
    return names;
  }

  private static String plain(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
