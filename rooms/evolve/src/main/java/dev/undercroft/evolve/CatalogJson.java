package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.catalog.Dependency;
import dev.undercroft.catalog.Kind;
import dev.undercroft.catalog.ObjectId;
import dev.undercroft.catalog.ServerVersion;
import dev.undercroft.catalog.Unmodelled;
import dev.undercroft.sql.Dialect;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * A catalog as a JSON document: server, objects in the order of their ids, dependencies between
 * them by number, and what was met and not modelled. Stateless.
 */
final class CatalogJson {

  private static final int FORMAT = 1;
  private static final Pattern PRODUCT =
      Pattern.compile("[^\\[]{0,500}?\"product\"\\s*:\\s*\"SQLite\"");

  private CatalogJson() {}

  static String write(Catalog catalog) {
    StringWriter text = new StringWriter();
    ObjectWriteContext context = new Pretty();
    try (JsonGenerator json = JsonFactory.builder().build().createGenerator(context, text)) {
      json.writeStartObject();
      json.writeNumberProperty("format", FORMAT);
      json.writeStringProperty("product", catalog.server().product());
      json.writeNumberProperty("major", catalog.server().major());
      json.writeStringProperty("fingerprint", catalog.fingerprint());
      Map<ObjectId, Integer> numbers = new LinkedHashMap<>();
      json.writeArrayPropertyStart("objects");
      for (CatalogObject object : catalog.objects()) {
        numbers.put(object.id(), numbers.size());
        write(object, json);
      }
      json.writeEndArray();
      dependencies(catalog, numbers, json);
      json.writeArrayPropertyStart("unmodelled");
      for (Unmodelled one : catalog.unmodelled()) {
        json.writeStartObject();
        json.writeStringProperty("what", one.what());
        json.writeStringProperty("name", one.name());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static final class Pretty extends ObjectWriteContext.Base {
    @Override
    public tools.jackson.core.PrettyPrinter getPrettyPrinter() {
      return new DefaultPrettyPrinter();
    }
  }

  private static void write(CatalogObject object, JsonGenerator json) {
    ObjectId id = object.id();
    json.writeStartObject();
    json.writeStringProperty("kind", id.kind().words());
    text("schema", id.schema(), json);
    text("parent", id.parent(), json);
    json.writeStringProperty("name", id.name());
    text("arguments", id.arguments(), json);
    for (Map.Entry<Attribute, String> value : object.values().entrySet()) {
      json.writeStringProperty(word(value.getKey()), value.getValue());
    }
    json.writeEndObject();
  }

  private static void text(String name, String value, JsonGenerator json) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }

  /** Attributes of the same name as a part of the id begin with a sign of their own. */
  private static String word(Attribute attribute) {
    return "@" + attribute.name().toLowerCase(Locale.ROOT);
  }

  private static void dependencies(
      Catalog catalog, Map<ObjectId, Integer> numbers, JsonGenerator json) {
    json.writeArrayPropertyStart("dependencies");
    for (Dependency need : catalog.dependencies().stream().sorted().toList()) {
      Integer from = numbers.get(need.from());
      Integer to = numbers.get(need.to());
      if (from != null && to != null) {
        json.writeStartArray();
        json.writeNumber(from);
        json.writeNumber(to);
        json.writeBoolean(need.automatic());
        json.writeEndArray();
      }
    }
    json.writeEndArray();
  }

  /** Of which product such a document is; that of PostgreSQL if it does not say. */
  static Dialect product(String text) {
    return PRODUCT.matcher(text).lookingAt() ? Dialect.SQLITE : Dialect.POSTGRESQL;
  }

  /**
   * Reads such a document.
   *
   * @param shown the file's name for messages
   * @throws ProblemException if it is no such document
   */
  static Catalog read(String shown, String text) {
    try (JsonParser json =
        JsonFactory.builder()
            .build()
            .createParser(tools.jackson.core.ObjectReadContext.empty(), text)) {
      return new Reader(json, shown).catalog();
    } catch (JacksonException e) {
      throw noCatalog(shown + ":" + e.getLocation().getLineNr() + ": " + e.getOriginalMessage())
          .exception(e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw noCatalog(shown + " is no catalog: " + e.getMessage()).exception(e);
    }
  }

  private static Problem noCatalog(String message) {
    return Problem.of("EVOLVE_NO_CATALOG", ProblemKind.INPUT, message)
        .withRemedy("Write one with: undercroft schema inspect --from … --format json --out FILE.");
  }

  /** One reading, token by token: a large catalog is never a tree. */
  private static final class Reader {
    private final JsonParser json;
    private final String shown;
    private final List<CatalogObject> objects = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Unmodelled> unmodelled = new ArrayList<>();
    private int format;
    private int major;
    private String product = "";

    Reader(JsonParser json, String shown) {
      this.json = json;
      this.shown = shown;
    }

    Catalog catalog() {
      expect(json.nextToken(), JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "format" -> format = json.getIntValue();
          case "major" -> major = json.getIntValue();
          case "product" -> product = json.getString();
          case "objects" -> objects();
          case "dependencies" -> dependencies();
          case "unmodelled" -> unmodelled();
          default -> json.skipChildren();
        }
      }
      if (format != FORMAT || product.isEmpty()) {
        throw noCatalog(shown + " is no catalog of a format that is known here").exception();
      }
      return new Catalog(new ServerVersion(product, major), objects, dependencies, unmodelled);
    }

    private void objects() {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> id = new LinkedHashMap<>();
        Map<Attribute, String> values = new EnumMap<>(Attribute.class);
        fields()
            .forEach((name, value) -> {
              if (name.startsWith("@")) {
                values.put(Attribute.valueOf(name.substring(1).toUpperCase(Locale.ROOT)), value);
              } else {
                id.put(name, value);
              }
            });
        String kind = id.getOrDefault("kind", "").toUpperCase(Locale.ROOT).replace(' ', '_');
        objects.add(
            new CatalogObject(
                new ObjectId(
                    Kind.valueOf(kind),
                    id.getOrDefault("schema", ""),
                    id.getOrDefault("parent", ""),
                    id.getOrDefault("name", ""),
                    id.getOrDefault("arguments", "")),
                values));
      }
    }

    private Map<String, String> fields() {
      Map<String, String> fields = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        expect(json.nextToken(), JsonToken.VALUE_STRING);
        fields.put(name, json.getString());
      }
      return fields;
    }

    private void dependencies() {
      while (json.nextToken() == JsonToken.START_ARRAY) {
        json.nextToken();
        int from = json.getIntValue();
        json.nextToken();
        int to = json.getIntValue();
        boolean automatic = json.nextToken() == JsonToken.VALUE_TRUE;
        json.nextToken();
        dependencies.add(new Dependency(objects.get(from).id(), objects.get(to).id(), automatic));
      }
    }

    private void unmodelled() {
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> one = fields();
        unmodelled.add(new Unmodelled(one.getOrDefault("what", ""), one.getOrDefault("name", "")));
      }
    }

    private static void expect(JsonToken found, JsonToken wanted) {
      if (found != wanted) {
        throw new IllegalArgumentException("found " + found + " in place of " + wanted);
      }
    }
  }
}
