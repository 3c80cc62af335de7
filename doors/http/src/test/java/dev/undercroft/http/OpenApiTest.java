package dev.undercroft.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class OpenApiTest {

  @TempDir private Path folder;

  enum Colour {
    RED,
    BLUE
  }

  record Part(UUID id, Colour colour, @Nullable Colour second) {}

  record Whole(
      String name,
      @Nullable String nick,
      Optional<Integer> count,
      List<Part> parts,
      Map<String, Long> sizes,
      Instant at,
      boolean done,
      @Nullable Part best) {}

  private static final Route READ =
      Route.get("/wholes/{id}", "A whole")
          .describedAs("With its parts.")
          .with(Parameter.path("id", UUID.class, "the whole"))
          .with(Parameter.query("limit", Integer.class, "how many").between(1, 100).byDefault("7"))
          .with(Parameter.query("colour", Colour.class, "of which colour"))
          .answers(Whole.class)
          .openTo(Audience.EVERYONE)
          .handledBy(request -> Response.ok(whole()));

  private static final Route WRITE =
      Route.post("/wholes", "Adds a whole")
          .takes(Whole.class)
          .answers(201, Whole.class)
          .openTo(Audience.TENANT)
          .handledBy(request -> Response.created("/wholes/1", request.body(Whole.class)));

  private static final Route LISTEN =
      Route.get("/events", "News")
          .streams(Part.class)
          .openTo(Audience.EVERYONE)
          .handledBy(request -> Response.events(sink -> {}));

  private static Whole whole() {
    Part part = new Part(UUID.randomUUID(), Colour.RED, null);
    return new Whole(
        "a", null, Optional.empty(), List.of(part), Map.of("x", 1L), Instant.EPOCH, true, part);
  }

  private TestingDoor door() {
    return TestingDoor.with(
        folder,
        routes -> {
          routes.add(READ);
          routes.add(WRITE);
          routes.add(LISTEN);
        });
  }

  @Test
  void every_registered_route_is_described_and_the_description_is_valid() throws Exception {
    try (var door = door()) {
      var response = door.get("/api/openapi.json");
      JsonNode document = TestingDoor.json(response);
      for (Endpoint endpoint : door.door.endpoints()) {
        String method = endpoint.route().method().name().toLowerCase(Locale.ROOT);
        JsonNode operation = document.path("paths").path(endpoint.path()).path(method);
        assertThat(operation.path("summary").asString(""))
            .as(endpoint.pattern())
            .isEqualTo(endpoint.route().summary());
      }
      assertValid(response.body());
      assertThat(
              document.findValues("operationId").stream()
                  .map(JsonNode::asString)
                  .distinct()
                  .count())
          .isEqualTo(door.door.endpoints().size());
    }
  }

  @Test
  void pages_and_their_files_are_described_as_what_they_are() throws Exception {
    try (var door = door()) {
      JsonNode paths = TestingDoor.json(door.get("/api/openapi.json")).path("paths");
      for (Endpoint endpoint : door.door.endpoints()) {
        boolean isText = endpoint.route().answers().get(200) == String.class;
        if (isText && endpoint.route().audience() == Audience.EVERYONE) {
          String served =
              door.get(endpoint.path()).headers().firstValue("Content-Type").orElseThrow();
          assertThat(
                  paths
                      .path(endpoint.path())
                      .path("get")
                      .path("responses")
                      .path("200")
                      .path("content")
                      .propertyNames())
              .as(endpoint.path())
              .containsExactly(served.split(";", 2)[0]);
        }
      }
    }
  }

  @Test
  void an_application_is_described_as_if_it_stood_alone() throws Exception {
    try (var door = door()) {
      var response = door.get("/apps/shop/api/openapi.json");
      JsonNode document = TestingDoor.json(response);
      assertThat(document.path("info").path("title").asString()).isEqualTo("The Shop");
      assertThat(document.path("paths").propertyNames())
          .containsExactlyInAnyOrder(
              "/apps/shop/wholes/{id}", "/apps/shop/wholes", "/apps/shop/events");
      assertValid(response.body());
    }
  }

  @Test
  void an_answer_is_as_its_schema_says() throws Exception {
    try (var door = door()) {
      JsonNode answer = TestingDoor.json(door.get("/wholes/" + UUID.randomUUID()));
      Schemas schemas = new Schemas("#/$defs/");
      var schema = schemas.of(Whole.class);
      schema.set("$defs", schemas.definitions());
      var compiled =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(schema);
      assertThat(compiled.validate(answer)).isEmpty();
      assertThat(answer.has("count")).isFalse();
    }
  }

  /** One of a kind. */
  record Wrapped<T>(boolean good, T data, List<T> more) {}

  @Test
  void a_record_with_a_parameter_is_described_with_what_stands_for_it() {
    Schemas schemas = new Schemas("#/$defs/");
    Route route =
        Route.get("/x", "x")
            .answers(Wrapped.class, Whole.class)
            .answers(201, Wrapped.class, String.class);
    assertThat(schemas.of(Objects.requireNonNull(route.answers().get(200))).toString())
        .isEqualTo("{\"$ref\":\"#/$defs/WrappedWhole\"}");
    assertThat(schemas.of(Objects.requireNonNull(route.answers().get(201))).toString())
        .isEqualTo("{\"$ref\":\"#/$defs/WrappedString\"}");
    var properties = schemas.definitions().path("WrappedWhole").path("properties");
    assertThat(properties.path("data").path("$ref").asString()).isEqualTo("#/$defs/Whole");
    assertThat(properties.at("/more/items/$ref").asString()).isEqualTo("#/$defs/Whole");
    assertThat(schemas.definitions().at("/WrappedString/properties/data/type").asString())
        .isEqualTo("string");
    assertThat(schemas.definitions().has("Whole")).isTrue();
  }

  private static void assertValid(String document) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(document, null, options);
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).startsWith("3.1");
  }
}
