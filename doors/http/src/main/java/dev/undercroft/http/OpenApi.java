package dev.undercroft.http;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Route;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Describes endpoints as an OpenAPI 3.1 document. One thread at a time. */
final class OpenApi {

  private static final String SECURITY = "operator";

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final Schemas schemas = new Schemas("#/components/schemas/");

  /**
   * Describes.
   *
   * @param title the document's title
   * @param version the version of what is described
   * @param endpoints every endpoint that is to be in the document
   */
  ObjectNode describe(String title, String version, List<Endpoint> endpoints) {
    ObjectNode document = nodes.objectNode().put("openapi", "3.1.1");
    document.putObject("info").put("title", title).put("version", version);
    document.putArray("servers").addObject().put("url", "/");
    ArrayNode tags = document.putArray("tags");
    endpoints.stream()
        .map(Endpoint::owner)
        .distinct()
        .sorted()
        .forEach(owner -> tags.addObject().put("name", owner));
    ObjectNode paths = document.putObject("paths");
    for (Endpoint endpoint : endpoints) {
      String method = endpoint.route().method().name().toLowerCase(Locale.ROOT);
      paths.withObjectProperty(endpoint.path()).set(method, operation(endpoint));
    }
    ObjectNode problem = schemas.of(ProblemBody.class);
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.definitions());
    components
        .putObject("responses")
        .putObject("Problem")
        .put("description", "What is wrong and what to do (RFC 9457)")
        .putObject("content")
        .putObject(ProblemBody.MEDIA_TYPE)
        .set("schema", problem);
    components
        .putObject("securitySchemes")
        .putObject(SECURITY)
        .put("type", "http")
        .put("scheme", "bearer")
        .put("description", "The operator token, from the file that the start names");
    return document;
  }

  private ObjectNode operation(Endpoint endpoint) {
    Route route = endpoint.route();
    ObjectNode operation = nodes.objectNode().put("operationId", operationId(endpoint));
    operation.put("summary", route.summary());
    if (!route.description().isEmpty()) {
      operation.put("description", route.description());
    }
    operation.putArray("tags").add(endpoint.owner());
    parameters(route, operation);
    route.body().ifPresent(body -> requestBody(body, operation));
    responses(route, operation);
    if (route.audience() != Audience.EVERYONE) {
      operation.putArray("security").addObject().putArray(SECURITY);
    }
    return operation;
  }

  private void parameters(Route route, ObjectNode operation) {
    if (route.parameters().isEmpty()) {
      return;
    }
    ArrayNode parameters = operation.putArray("parameters");
    for (Parameter parameter : route.parameters()) {
      ObjectNode node =
          parameters
              .addObject()
              .put("name", parameter.name())
              .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
              .put("description", parameter.description());
      if (parameter.required()) {
        node.put("required", true);
      }
      node.set("schema", schema(parameter));
    }
  }

  private ObjectNode schema(Parameter parameter) {
    ObjectNode schema = schemas.of(parameter.type());
    boolean text = parameter.type() == String.class;
    parameter.least().ifPresent(least -> schema.put(text ? "minLength" : "minimum", least));
    parameter.most().ifPresent(most -> schema.put(text ? "maxLength" : "maximum", most));
    parameter
        .byDefault()
        .ifPresent(value -> {
          if (schema.path("type").asString("").equals("integer")) {
            schema.put("default", Long.parseLong(value));
          } else if (parameter.type() == Boolean.class) {
            schema.put("default", Boolean.parseBoolean(value));
          } else {
            schema.put("default", value);
          }
        });
    return schema;
  }

  private void requestBody(Class<?> body, ObjectNode operation) {
    ObjectNode request = operation.putObject("requestBody").put("required", true);
    request.putObject("content").putObject("application/json").set("schema", schemas.of(body));
  }

  private void responses(Route route, ObjectNode operation) {
    ObjectNode responses = operation.putObject("responses");
    for (Map.Entry<Integer, Type> answer : route.answers().entrySet()) {
      ObjectNode response =
          responses
              .putObject(String.valueOf(answer.getKey()))
              .put("description", answer.getKey() < 300 ? "The answer" : "The answer is no");
      if (answer.getValue() != Void.class) {
        String type = mediaType(route, answer.getValue());
        response.putObject("content").putObject(type).set("schema", schemas.of(answer.getValue()));
      }
    }
    responses.putObject("default").put("$ref", "#/components/responses/Problem");
  }

  private static String mediaType(Route route, Type type) {
    if (route.streaming()) {
      return "text/event-stream";
    }
    return type == String.class ? route.textType() : "application/json";
  }

  private static String operationId(Endpoint endpoint) {
    String path = endpoint.path().equals("/") ? "root" : endpoint.path();
    return endpoint.route().method().name().toLowerCase(Locale.ROOT)
        + path.replaceAll("[^A-Za-z0-9]+", "_").replaceAll("^(?=[^_])", "_").replaceAll("_$", "");
  }
}
