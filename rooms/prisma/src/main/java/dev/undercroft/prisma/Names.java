package dev.undercroft.prisma;

import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The names that Prisma gives to keys, indexes and tables between, cut to what a server keeps of a
 * name. Stateless.
 */
final class Names {

  /** The longest name a server keeps, in bytes of UTF-8. */
  static final int LONGEST = 63;

  private Names() {}

  /** The first part as far as there is room, and then the ending. */
  static String limited(String name, String ending) {
    int room = LONGEST - ending.length();
    StringBuilder cut = new StringBuilder();
    int bytes = 0;
    for (int at = 0; at < name.length(); at += Character.charCount(name.codePointAt(at))) {
      String letter = Character.toString(name.codePointAt(at));
      bytes += bytes(letter);
      if (bytes > room) {
        break;
      }
      cut.append(letter);
    }
    return cut + ending;
  }

  static int bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length;
  }

  static String key(String table) {
    return limited(table, "_pkey");
  }

  static String unique(String table, List<String> columns) {
    return limited(table + "_" + String.join("_", columns), "_key");
  }

  static String index(String table, List<String> columns) {
    return limited(table + "_" + String.join("_", columns), "_idx");
  }

  static String foreignKey(String table, List<String> columns) {
    return limited(table + "_" + String.join("_", columns), "_fkey");
  }

  /** The name of the key of a model. */
  static String key(Block model, Attribute attribute) {
    return attribute.namedText("map").orElse(key(model.mapped()));
  }

  /** The name of an index or a unique constraint of a model. */
  static String index(Block model, Attribute attribute, List<String> columns) {
    if (attribute.name().equals("unique")) {
      return attribute.namedText("map").orElse(unique(model.mapped(), columns));
    }
    return attribute
        .namedText("map")
        .or(() -> attribute.namedText("name"))
        .orElse(index(model.mapped(), columns));
  }

  /** The name of the foreign key of a relation. */
  static String foreignKey(Block model, Field field) {
    List<String> columns =
        Columns.relationFields(field, "fields").stream()
            .map(one -> model.field(one).map(Field::column).orElse(one))
            .toList();
    return field
        .attribute("relation")
        .flatMap(one -> one.namedText("map"))
        .orElse(foreignKey(model.mapped(), columns));
  }

  /**
   * The table between two models, which Prisma calls by their names in order, or by the relation.
   *
   * @param relation the name of the relation; empty when it has none
   */
  static String between(Block first, Block second, String relation) {
    return limited("_" + (relation.isEmpty() ? first.name() + "To" + second.name() : relation), "");
  }
}
