package dev.undercroft.pgddl;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the definition of a column. Stateless. */
final class ColumnText {

  private ColumnText() {}

  /**
   * Name, type and everything that may stand in a column definition.
   *
   * @param expression the default, or empty
   */
  static String definition(CatalogObject column, String expression, ServerVersion server) {
    StringBuilder text = new StringBuilder(Names.quoted(column.id().name()));
    text.append(' ').append(column.get(Attribute.TYPE));
    column.find(Attribute.COMPRESSION).ifPresent(c -> text.append(" COMPRESSION ").append(c));
    text.append(OptionList.foreign(column));
    column.find(Attribute.COLLATION).ifPresent(c -> text.append(" COLLATE ").append(c));
    if (column.has(Attribute.GENERATED)) {
      text.append(" GENERATED ALWAYS AS (")
          .append(column.get(Attribute.EXPRESSION))
          .append(") ")
          .append(column.get(Attribute.GENERATED));
    }
    if (!expression.isEmpty()) {
      text.append(" DEFAULT ").append(expression);
    }
    if (column.has(Attribute.NOT_NULL) && !column.has(Attribute.NOT_NULL_UNCHECKED)) {
      column
          .find(Attribute.NOT_NULL_NAME)
          .ifPresent(name -> text.append(" CONSTRAINT ").append(Names.quoted(name)));
      text.append(" NOT NULL");
      if (column.has(Attribute.NOT_NULL_NO_INHERIT) && server.since(18)) {
        text.append(" NO INHERIT");
      }
    }
    column
        .find(Attribute.IDENTITY)
        .ifPresent(when ->
            text.append(" GENERATED ")
                .append(when)
                .append(" AS IDENTITY")
                .append(identityOptions(column)));
    return text.toString();
  }

  /** The options of the hidden sequence in brackets, or empty when they are the usual. */
  static String identityOptions(CatalogObject column) {
    List<String> parts = new ArrayList<>();
    column
        .find(Attribute.IDENTITY_NAME)
        .ifPresent(place -> parts.add("SEQUENCE NAME " + Names.at(place)));
    String options = column.get(Attribute.IDENTITY_OPTIONS);
    if (!options.isEmpty() && !options.equals(usual(column))) {
      parts.add(options);
    }
    return parts.isEmpty() ? "" : " (" + String.join(" ", parts) + ')';
  }

  private static final Map<String, String> LARGEST =
      Map.of("smallint", "32767", "integer", "2147483647", "bigint", "9223372036854775807");

  private static String usual(CatalogObject column) {
    return "START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE %s CACHE 1 NO CYCLE"
        .formatted(LARGEST.getOrDefault(column.get(Attribute.TYPE), ""));
  }
}
