package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;

/**
 * The words by which commands speak of an object: {@code TABLE public.t}, {@code TRIGGER a ON
 * public.t}. The same in ALTER, DROP and COMMENT, but for columns. Stateless.
 */
final class Phrases {

  private Phrases() {}

  static String of(CatalogObject object) {
    ObjectId id = object.id();
    String name = Names.of(id);
    return switch (id.kind()) {
      case ENUM, COMPOSITE, RANGE -> "TYPE " + name;
      case COLUMN -> "COLUMN " + Names.parent(id) + '.' + Names.quoted(id.name());
      case CONSTRAINT ->
          "CONSTRAINT %s ON %s%s"
              .formatted(
                  Names.quoted(id.name()),
                  object.is(Attribute.TABLE, "domain") ? "DOMAIN " : "",
                  Names.parent(id));
      case TRIGGER, RULE, POLICY ->
          "%s %s ON %s".formatted(id.kind(), Names.quoted(id.name()), Names.parent(id));
      case FUNCTION ->
          "%s %s(%s)".formatted(object.get(Attribute.ROUTINE), name, FunctionDdl.arguments(object));
      case AGGREGATE -> "AGGREGATE " + aggregate(object);
      case OPERATOR ->
          "OPERATOR %s.%s (%s)".formatted(Names.quoted(id.schema()), id.name(), id.arguments());
      case OPERATOR_CLASS, OPERATOR_FAMILY ->
          "%s %s USING %s".formatted(words(id.kind()), name, Names.quoted(id.arguments()));
      case CAST -> "CAST (" + id.name() + ')';
      case USER_MAPPING ->
          "USER MAPPING FOR %s SERVER %s".formatted(id.name(), Names.quoted(id.parent()));
      default -> words(id.kind()) + ' ' + name;
    };
  }

  private static String words(Kind kind) {
    return kind.name().replace('_', ' ');
  }

  private static String aggregate(CatalogObject object) {
    String parameters = object.get(Attribute.PARAMETERS);
    return parameters.endsWith("()")
        ? parameters.substring(0, parameters.length() - 1) + "*)"
        : parameters;
  }
}
