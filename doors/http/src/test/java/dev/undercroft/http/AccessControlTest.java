package dev.undercroft.http;

import static dev.undercroft.http.HttpDoorTest.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Identifier;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessControlTest {

  @TempDir private Path folder;

  private static final Route OWN_ROWS =
      Route.get("/rows", "Own rows")
          .answers(Object.class)
          .openTo(Audience.TENANT)
          .handledBy(request -> Response.ok(List.of(request.caller().tenant().orElseThrow())));

  private static final Route CHANGE =
      Route.post("/change", "Changes something")
          .answers(204, Void.class)
          .openTo(Audience.EVERYONE)
          .handledBy(request -> Response.noContent());

  @Test
  void the_token_is_made_once_for_its_owner_alone() throws Exception {
    Path file = folder.resolve("secrets/operator.token");
    OperatorToken made = OperatorToken.readOrMake(file);
    assertThat(made.secret().reveal()).matches("uco_[0-9a-f]{64}");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(OperatorToken.readOrMake(file).secret()).isEqualTo(made.secret());
    assertThat(made.toString()).doesNotContain(made.secret().reveal());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(() -> OperatorToken.readOrMake(file))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("can be read by others");
  }

  @Test
  void operator_paths_need_the_operator_token() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(CHANGE))) {
      for (String path : List.of("/metrics", "/api/projects/shop/migrations")) {
        var nobody = door.get(path);
        assertProblem(nobody, 401, "HTTP_UNAUTHENTICATED");
        assertThat(nobody.headers().firstValue("WWW-Authenticate").orElseThrow())
            .startsWith("Bearer");
        assertThat(door.send(door.asOperator(path)).statusCode()).isEqualTo(200);
      }
      String wrong = "uco_" + "0".repeat(64);
      assertProblem(
          door.send(door.request("/metrics").header("Authorization", "Bearer " + wrong)),
          401,
          "HTTP_UNAUTHENTICATED");
      assertThat(door.commands).containsExactly("token:" + fingerprint(door) + " migrate status");
    }
  }

  private static String fingerprint(TestingDoor door) {
    return door.token.secret().fingerprint();
  }

  @Test
  void an_application_tells_its_callers_apart() throws Exception {
    Identifier sessions =
        shown -> {
          if (shown.reveal().equals("switched-off")) {
            throw Problem.of("SHOP_INACTIVE", ProblemKind.FORBIDDEN, "the account is off")
                .withRemedy("Ask the shop.")
                .exception();
          }
          return shown.reveal().equals("of-ann")
              ? Optional.of(new Caller(false, Optional.of("ann"), Optional.of("member")))
              : Optional.empty();
        };
    Route ownRows = OWN_ROWS.identifiedBy(sessions);
    try (var door = TestingDoor.with(folder, routes -> routes.add(ownRows))) {
      assertThat(bearer(door, "of-ann").body()).isEqualTo("[\"ann\"]");
      assertProblem(bearer(door, "of-nobody"), 401, "HTTP_UNAUTHENTICATED");
      assertProblem(bearer(door, "switched-off"), 403, "SHOP_INACTIVE");
      assertProblem(door.get("/rows"), 401, "HTTP_UNAUTHENTICATED");
      assertThat(door.send(door.asOperator("/rows").header("Undercroft-Tenant", "bob")).body())
          .isEqualTo("[\"bob\"]");
      door.ready = false;
      assertProblem(bearer(door, "of-ann"), 503, "HTTP_STARTING");
    }
  }

  private static HttpResponse<String> bearer(TestingDoor door, String token) throws Exception {
    return door.send(door.request("/rows").header("Authorization", "Bearer " + token));
  }

  @Test
  void a_wrong_operator_token_is_refused_at_open_paths_too_and_other_tokens_are_left_alone()
      throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(CHANGE))) {
      var wrong = door.request("/health/live").header("Authorization", "Bearer uco_x");
      assertProblem(door.send(wrong), 401, "HTTP_UNAUTHENTICATED");
      var other = door.request("/health/live").header("Authorization", "Bearer eyJhbGciOi");
      assertThat(door.send(other).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void rows_of_a_tenant_need_a_tenant() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(OWN_ROWS))) {
      assertProblem(door.get("/rows"), 401, "HTTP_UNAUTHENTICATED");
      assertProblem(
          door.send(door.request("/rows").header("Undercroft-Tenant", "somebody")),
          401,
          "HTTP_UNAUTHENTICATED");
      assertProblem(door.send(door.asOperator("/rows")), 403, "HTTP_TENANT_MISSING");
      var named = door.asOperator("/rows").header("Undercroft-Tenant", "anna");
      assertThat(door.send(named).body()).isEqualTo("[\"anna\"]");
    }
  }

  @Test
  void a_request_sent_by_a_foreign_page_changes_nothing() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(CHANGE))) {
      HttpRequest.BodyPublisher empty = HttpRequest.BodyPublishers.noBody();
      var foreign = door.request("/change").header("Origin", "https://evil.example").POST(empty);
      assertProblem(door.send(foreign), 403, "HTTP_ORIGIN_FOREIGN");
      var hidden = door.request("/change").header("Origin", "null").POST(empty);
      assertProblem(door.send(hidden), 403, "HTTP_ORIGIN_FOREIGN");
      var site = door.request("/change").header("Sec-Fetch-Site", "cross-site").POST(empty);
      assertProblem(door.send(site), 403, "HTTP_ORIGIN_FOREIGN");
      String self = "http://localhost:" + door.door.port();
      var own = door.request("/change").header("Origin", self).POST(empty);
      assertThat(door.send(own).statusCode()).isEqualTo(204);
      assertThat(door.send(door.request("/change").POST(empty)).statusCode()).isEqualTo(204);
    }
  }

  @Test
  void a_host_name_that_was_made_to_point_here_is_refused() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(CHANGE))) {
      assertThat(raw(door, "GET /health/live HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
          .startsWith("HTTP/1.1 421")
          .contains("HTTP_HOST_FOREIGN");
      for (String host : List.of("localhost:8000", "127.0.0.1", "[::1]:80", "seda.localhost")) {
        assertThat(raw(door, "GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
            .as(host)
            .startsWith("HTTP/1.1 200");
      }
    }
  }

  @Test
  void what_is_no_http_is_refused_as_problem_json_too() throws Exception {
    try (var door = TestingDoor.with(folder, routes -> routes.add(CHANGE))) {
      assertThat(raw(door, "GET /health/live HTTP/1.1\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("application/problem+json");
      String longHeader = "x".repeat(20_000);
      assertThat(raw(door, "GET / HTTP/1.1\r\nHost: localhost\r\nA: " + longHeader + "\r\n\r\n"))
          .startsWith("HTTP/1.1 431")
          .contains("application/problem+json");
    }
  }

  private static String raw(TestingDoor door, String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.door.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;
}
