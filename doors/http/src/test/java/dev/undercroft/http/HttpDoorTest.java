package dev.undercroft.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HttpDoorTest {

  @TempDir private Path folder;

  record Item(String name, int price, Optional<String> note, List<String> tags) {}

  private static final Route ITEM =
      Route.get("/items/{id}", "An item")
          .with(Parameter.path("id", UUID.class, "the item"))
          .with(Parameter.query("limit", Integer.class, "how many").between(1, 100).byDefault("7"))
          .with(Parameter.query("sort", Order.class, "in which order"))
          .answers(Item.class)
          .openTo(Audience.EVERYONE)
          .handledBy(request ->
              Response.ok(
                  new Item(
                      request.path("id", UUID.class).toString(),
                      request.query("limit", Integer.class).orElseThrow(),
                      Optional.empty(),
                      List.of())));

  enum Order {
    NAME,
    PRICE
  }

  private static final Route NEW_ITEM =
      Route.post("/items", "Add an item")
          .takes(Item.class)
          .answers(201, Item.class)
          .openTo(Audience.EVERYONE)
          .handledBy(request -> Response.created("/items/1", request.body(Item.class)));

  @Test
  void a_route_answers_at_its_printed_path_and_under_its_application() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(ITEM))) {
      UUID id = UUID.randomUUID();
      for (String prefix : List.of("", "/apps/shop")) {
        var response = door.get(prefix + "/items/" + id + "?limit=3");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"name\":\"" + id + "\",\"price\":3,\"tags\":[]}");
        assertThat(response.headers().firstValue("Undercroft-Application")).contains("shop");
      }
      assertThat(TestingDoor.json(door.get("/items/" + id)).path("price").asInt()).isEqualTo(7);
    }
  }

  @Test
  void all_problems_of_path_query_and_body_are_reported_together() throws Exception {
    try (var door =
        TestingDoor.with(
            folder,
            routes -> {
              routes.add(ITEM);
              routes.add(NEW_ITEM);
            })) {
      var wrongQuery = door.get("/items/7?limit=101&sort=size&limt=3");
      assertThat(wrongQuery.statusCode()).isEqualTo(400);
      assertThat(wrongQuery.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      JsonNode errors = TestingDoor.json(wrongQuery).path("errors");
      assertThat(errors.valueStream().map(error -> error.path("parameter").asString()))
          .containsExactly("id", "limit", "sort", "limt");

      var wrongBody = door.send(door.post("/items", "{\"name\":7,\"note\":null,\"colour\":1}"));
      assertThat(wrongBody.statusCode()).isEqualTo(400);
      JsonNode problem = TestingDoor.json(wrongBody);
      assertThat(problem.path("code").asString()).isEqualTo("HTTP_BODY_INVALID");
      assertThat(problem.path("errors").valueStream().map(e -> e.path("pointer").asString()))
          .contains("/name", "/price", "/tags", "/colour");
    }
  }

  @Test
  void what_is_not_a_request_for_a_route_is_refused_as_problem_json() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(NEW_ITEM))) {
      assertProblem(door.get("/nowhere"), 404, "HTTP_PATH_UNKNOWN");
      var wrongMethod = door.send(door.request("/items").DELETE());
      assertProblem(wrongMethod, 405, "HTTP_METHOD_UNKNOWN");
      assertThat(wrongMethod.headers().firstValue("Allow")).contains("POST");
      assertProblem(door.send(door.post("/items", "{\"name\":")), 400, "HTTP_BODY_MALFORMED");
      assertProblem(
          door.send(door.post("/items", "{\"name\":\"a\",\"name\":\"b\"}")),
          400,
          "HTTP_BODY_MALFORMED");
      assertProblem(door.send(door.post("/items", "")), 400, "HTTP_BODY_MISSING");
      assertProblem(
          door.send(
              door.request("/items")
                  .header("Content-Type", "text/plain")
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))),
          415,
          "HTTP_BODY_TYPE");
      assertProblem(
          door.send(door.post("/items", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}")),
          413,
          "HTTP_BODY_TOO_LARGE");
    }
  }

  @Test
  void a_body_of_unknown_length_is_limited_too() throws Exception {
    HttpSettings small =
        new HttpSettings(
            "127.0.0.1",
            0,
            List.of(),
            new ByteSize(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            HttpSettings.standard().detail());
    var guest = TestingDoor.guest("shop", "The Shop", routes -> routes.add(NEW_ITEM));
    try (var door = new TestingDoor(folder, small, List.of(guest))) {
      var chunked =
          HttpRequest.BodyPublishers.fromPublisher(
              HttpRequest.BodyPublishers.ofString("{\"name\":\"" + "x".repeat(200) + "\"}"));
      var response =
          door.send(
              door.request("/items").header("Content-Type", "application/json").POST(chunked));
      assertProblem(response, 413, "HTTP_BODY_TOO_LARGE");
    }
  }

  @Test
  void a_request_keeps_its_id_and_a_bad_one_gets_another() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(NEW_ITEM))) {
      var given = door.send(door.request("/nowhere").header("X-Request-Id", "abc-1.2"));
      assertThat(given.headers().firstValue("X-Request-Id")).contains("abc-1.2");
      assertThat(TestingDoor.json(given).path("requestId").asString()).isEqualTo("abc-1.2");
      var bad = door.send(door.request("/nowhere").header("X-Request-Id", "a b\"c"));
      assertThat(bad.headers().firstValue("X-Request-Id").orElseThrow()).matches("[0-9a-f]{24}");
    }
  }

  @Test
  void a_defect_and_an_inner_problem_tell_a_stranger_nothing() throws Exception {
    Route defect =
        Route.get("/defect", "Breaks")
            .openTo(Audience.EVERYONE)
            .handledBy(request -> {
              throw new IllegalStateException("password hunter2");
            });
    Route inner =
        Route.get("/inner", "Cannot reach")
            .openTo(Audience.EVERYONE)
            .handledBy(request -> {
              throw Problem.of(
                      "ACCESS_UNREACHABLE", ProblemKind.EXTERNAL, "db.internal does not answer")
                  .withRemedy("Start db.internal.")
                  .exception();
            });
    try (var door =
        TestingDoor.with(
            folder,
            routes -> {
              routes.add(defect);
              routes.add(inner);
            })) {
      var broken = door.get("/defect");
      assertProblem(broken, 500, "HTTP_DEFECT");
      assertThat(broken.body()).doesNotContain("hunter2", "IllegalState");
      var unreachable = door.get("/inner");
      assertProblem(unreachable, 503, "ACCESS_UNREACHABLE");
      assertThat(unreachable.body()).doesNotContain("db.internal");
      assertThat(door.send(door.asOperator("/inner")).body()).contains("db.internal");
    }
  }

  @Test
  void every_answer_carries_the_security_headers_and_no_server_name() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(NEW_ITEM))) {
      var headers = door.get("/nowhere").headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @Test
  void before_the_databases_are_ready_only_health_answers() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(ITEM))) {
      door.ready = false;
      assertProblem(door.get("/items/" + UUID.randomUUID()), 503, "HTTP_STARTING");
      assertThat(door.get("/health/live").statusCode()).isEqualTo(200);
      var ready = door.get("/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body()).isEqualTo("{\"status\":\"starting\"}");
    }
  }

  @Test
  void an_unhealthy_database_is_told_to_strangers_without_names() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> {})) {
      var answer = door.get("/api/health");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(TestingDoor.json(answer).path("status").asString()).isEqualTo("unhealthy");
      assertThat(answer.body()).doesNotContain("shop");
      assertThat(door.send(door.asOperator("/api/health")).body())
          .contains("shop", "ACCESS_UNREACHABLE");
      assertThat(door.get("/health/ready").statusCode()).isEqualTo(503);
    }
  }

  @Test
  void a_path_that_two_applications_print_names_both_places() throws Exception {
    var one = TestingDoor.guest("one", "One", routes -> routes.add(ITEM));
    var two = TestingDoor.guest("two", "Two", routes -> routes.add(ITEM));
    try (var door = new TestingDoor(folder, HttpSettings.standard(), List.of(one, two))) {
      UUID id = UUID.randomUUID();
      var ambiguous = door.get("/items/" + id);
      assertProblem(ambiguous, 404, "HTTP_PATH_AMBIGUOUS");
      assertThat(TestingDoor.json(ambiguous).path("remedy").asString())
          .contains("/apps/one/items/{id}", "/apps/two/items/{id}");
      assertThat(door.get("/apps/two/items/" + id).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_application_cannot_take_a_path_of_the_house() {
    Route metrics =
        Route.get("/metrics", "Mine").openTo(Audience.EVERYONE).handledBy(r -> Response.ok("x"));
    assertThatThrownBy(() -> TestingDoor.with(folder, routes -> routes.add(metrics)))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("application 'shop' declares GET /metrics");
  }

  @Test
  void every_request_is_timed_by_its_route() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(ITEM))) {
      door.get("/items/" + UUID.randomUUID());
      door.get("/items/" + UUID.randomUUID());
      var timer =
          door.meters
              .get("http.server.requests")
              .tag("route", "/items/{id}")
              .tag("application", "shop")
              .tag("status", "200")
              .timer();
      assertThat(timer.count()).isEqualTo(2);
    }
  }

  static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode body = TestingDoor.json(response);
    assertThat(body.path("code").asString()).isEqualTo(code);
    assertThat(body.path("status").asInt()).isEqualTo(status);
    assertThat(body.path("requestId").asString()).isNotEmpty();
  }
}
