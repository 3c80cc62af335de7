package dev.undercroft.main;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Values that no caller in good faith sends. Bodies are made from the schemas of a description.
 *
 * @param random decides which
 * @param schemas the description's {@code components/schemas}
 * @param known ids of rows, of others' too
 */
record HostileValues(Random random, JsonNode schemas, List<String> known) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int LONG = 70_000;
  private static final int DEEPEST = 3;

  /** Texts, as they are. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\u0000",
          "a\u0000b",
          "null",
          "undefined",
          "-1",
          "1e999",
          "9".repeat(40),
          "NaN",
          "' or '1'='1",
          "'; drop table users; --",
          "\\'; select pg_sleep(9); --",
          "%_%",
          "$1",
          "{{7*7}}${7*7}",
          "<script>alert(1)</script>",
          "../../../etc/passwd",
          "..\\..\\",
          "%2e%2e%2f",
          "\u202Egnp.exe",
          "\uFEFFx",
          "I\u0307İıſK",
          "e\u0301".repeat(30),
          "Z" + "\u0300".repeat(200),
          "👩‍👩‍👧‍👦🏳️‍🌈",
          "\uD83D",
          "\uDC00x",
          "\uFFFF\uFFFE",
          "ﷺ".repeat(100),
          "\r\nSet-Cookie: a=b",
          "\u0085\u2028\u2029",
          "true",
          "[]",
          "0x10",
          "1970-01-01T00:00:00Z",
          "+292278994-08-17T07:12:55Z",
          "-infinity",
          "00000000-0000-0000-0000-000000000000",
          "a@" + "b".repeat(300) + ".example",
          "\"@\\\"\"@x.example",
          "x".repeat(LONG));

  /** JSON, as it is sent. */
  private static final List<String> LITERALS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "9223372036854775808",
          "123456789012345678901234567890",
          "[]",
          "{}",
          "[[[[[[[[]]]]]]]]",
          "[null]",
          "{\"\":{}}",
          "\"\\ud800\"",
          "\"\\u0000\"");

  /** Bodies that are wrong whatever the route takes. */
  static List<String> wrongBodies() {
    return List.of(
        "",
        " ",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{",
        "{}}",
        "{\"a\":1,\"a\":2}",
        "{'a': 1}",
        "{\"a\": NaN}",
        "[".repeat(5_000),
        "{\"a\":".repeat(2_000),
        "{\"__proto__\": {\"admin\": true}, \"role\": \"admin\", \"isAdmin\": true}",
        "\uFEFF{}",
        "{\"x\": \"" + "y".repeat(1 << 20) + "\"}");
  }

  /** The id of a row, most likely of another's. */
  String row() {
    return known.isEmpty() ? text() : known.get(random.nextInt(known.size()));
  }

  String text() {
    if (!known.isEmpty() && random.nextInt(4) == 0) {
      return row();
    }
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  /** A body as the schema wants it, with something wrong in it; as text, for wrong numbers. */
  String body(JsonNode schema) {
    ObjectNode body = object(resolved(schema), 0);
    List<String> names = new ArrayList<>(body.propertyNames());
    if (random.nextInt(4) == 0) {
      // In good form, but about the rows of others.
      return body.toString();
    }
    if (names.isEmpty() || random.nextInt(6) == 0) {
      return body.put("unheardOf", text()).toString();
    }
    String name = names.get(random.nextInt(names.size()));
    if (random.nextInt(5) == 0) {
      body.remove(name);
      return body.toString();
    }
    if (random.nextBoolean()) {
      return body.put(name, text()).toString();
    }
    String marked = "\"the place of a literal\"";
    body.put(name, "the place of a literal");
    return body.toString().replace(marked, LITERALS.get(random.nextInt(LITERALS.size())));
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asString("");
    return reference.isEmpty()
        ? schema
        : resolved(schemas.path(reference.substring(reference.lastIndexOf('/') + 1)));
  }

  private ObjectNode object(JsonNode schema, int depth) {
    ObjectNode object = JSON.createObjectNode();
    schema
        .path("properties")
        .propertyStream()
        .forEach(property -> object.set(property.getKey(), value(property.getValue(), depth + 1)));
    return object;
  }

  /** Something that the schema allows. */
  private JsonNode value(JsonNode unresolved, int depth) {
    JsonNode schema = resolved(unresolved);
    if (schema.has("enum")) {
      return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
    }
    String type =
        schema.path("type").isArray()
            ? schema.path("type").get(0).asString("")
            : schema.path("type").asString("");
    return switch (type) {
      case "object" -> depth > DEEPEST ? JSON.createObjectNode() : object(schema, depth);
      case "array" ->
          depth > DEEPEST
              ? JSON.createArrayNode()
              : JSON.createArrayNode().add(value(schema.path("items"), depth + 1));
      case "integer", "number" -> JSON.valueToTree(1 + random.nextInt(5));
      case "boolean" -> JSON.valueToTree(random.nextBoolean());
      default -> JSON.valueToTree(format(schema.path("format").asString("")));
    };
  }

  private String format(String format) {
    return switch (format) {
      case "uuid" ->
          known.isEmpty()
              ? "00000000-0000-4000-8000-000000000000"
              : known.get(random.nextInt(known.size()));
      case "date-time" -> "2026-01-01T00:00:00Z";
      case "date" -> "2026-01-01";
      default -> random.nextBoolean() ? "somebody@example.com" : "Some words " + random.nextInt(99);
    };
  }
}
