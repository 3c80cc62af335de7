package dev.undercroft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that no field can keep are the caller's mistake, wherever they stand. */
class BodyNumbersTest {

  @TempDir private Path folder;

  /** How something is wrapped. */
  enum Paper {
    PLAIN,
    STRIPED
  }

  /** What is ordered. */
  record Order(
      Optional<Integer> count,
      Optional<Double> weight,
      Optional<Paper> paper,
      Optional<String> text,
      Optional<List<Long>> parts,
      Optional<Map<String, Object>> more) {}

  @Test
  void a_number_beyond_all_bounds_is_refused_with_its_place() throws Exception {
    Route order =
        Route.post("/orders", "Orders")
            .takes(Order.class)
            .answers(Order.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> Response.ok(request.body(Order.class)));
    try (TestingDoor door = TestingDoor.with(folder, routes -> routes.add(order))) {
      for (String number : List.of("1e400", "-1e400", "1e999999999")) {
        for (String name : List.of("count", "weight", "paper", "text")) {
          assertRefused(door, "{\"%s\": %s}".formatted(name, number), "/" + name);
        }
        assertRefused(door, "{\"parts\": [1, %s]}".formatted(number), "/parts/1");
        assertRefused(door, "{\"more\": {\"a\": [%s]}}".formatted(number), "/more/a/0");
      }
      assertThat(door.send(door.post("/orders", "{\"weight\": 1e300}")).statusCode())
          .isEqualTo(200);
    }
  }

  private static void assertRefused(TestingDoor door, String body, String pointer)
      throws Exception {
    HttpResponse<String> answer = door.send(door.post("/orders", body));
    assertThat(answer.statusCode()).as(body + answer.body()).isEqualTo(400);
    assertThat(TestingDoor.json(answer).at("/errors/0/pointer").asString())
        .as(body + answer.body())
        .isEqualTo(pointer);
  }
}
