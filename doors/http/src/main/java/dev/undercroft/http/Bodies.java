package dev.undercroft.http;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads JSON bodies into records, checked against the very schema that is published, so that every
 * problem of a body is reported at once. Thread-safe.
 */
final class Bodies {

  private final JsonMapper mapper;
  private final Map<Class<?>, Schema> schemas = new ConcurrentHashMap<>();

  Bodies(JsonMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException with everything that is wrong with it
   */
  <T> T read(byte[] bytes, Class<T> type) {
    JsonNode tree = tree(bytes);
    refuseEndless(tree, "");
    List<Error> errors = schemas.computeIfAbsent(type, this::compile).validate(tree);
    if (!errors.isEmpty()) {
      List<Problem> problems = new ArrayList<>();
      errors.forEach(error -> problems.add(problem(error)));
      throw new ProblemException(problems);
    }
    try {
      return mapper.treeToValue(tree, type);
    } catch (JacksonException unexpected) {
      throw notReadable(unexpected);
    }
  }

  private JsonNode tree(byte[] bytes) {
    try {
      JsonNode tree = mapper.readTree(bytes);
      if (tree.isMissingNode()) {
        throw Problem.of("HTTP_BODY_MISSING", ProblemKind.INPUT, "the request has no body")
            .withRemedy("Send a JSON object.")
            .exception();
      }
      return tree;
    } catch (JacksonException malformed) {
      throw notReadable(malformed);
    }
  }

  /** What is greater than any number that is kept has no value, and could not be compared. */
  private static void refuseEndless(JsonNode node, String pointer) {
    if (node.isFloatingPointNumber() && Double.isInfinite(node.doubleValue())) {
      throw Problem.of("HTTP_BODY_INVALID", ProblemKind.INPUT, "the number is beyond all bounds")
          .with("pointer", pointer)
          .withRemedy("The shape of the body is described in /api/openapi.json.")
          .exception();
    }
    node.propertyStream()
        .forEach(property -> refuseEndless(property.getValue(), pointer + "/" + property.getKey()));
    if (node.isArray()) {
      for (int at = 0; at < node.size(); at++) {
        refuseEndless(node.get(at), pointer + "/" + at);
      }
    }
  }

  private Schema compile(Class<?> type) {
    Schemas described = new Schemas("#/$defs/");
    ObjectNode schema = described.of(type);
    schema.set("$defs", described.definitions());
    return Registry.ONE.getSchema(schema);
  }

  /** Loaded with the first body that is read: many an instance reads none. */
  private static final class Registry {
    private static final SchemaRegistry ONE =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder ->
                builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }

  private static Problem problem(Error error) {
    String pointer = error.getInstanceLocation().toString();
    String at = error.getProperty() == null ? pointer : pointer + "/" + error.getProperty();
    return Problem.of("HTTP_BODY_INVALID", ProblemKind.INPUT, error.getMessage())
        .with("pointer", at)
        .withRemedy("The shape of the body is described in /api/openapi.json.");
  }

  /** Says where the text stops being JSON, and nothing of what stands there. */
  private static ProblemException notReadable(JacksonException cause) {
    TokenStreamLocation place = cause.getLocation();
    String where =
        place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    return Problem.of("HTTP_BODY_MALFORMED", ProblemKind.INPUT, "the body is not JSON" + where)
        .withRemedy("Send one JSON object in UTF-8, every name once.")
        .exception(cause);
  }
}
