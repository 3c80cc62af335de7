package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.On;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** CodePal where it is developed and where it is operated: the same files, the same services. */
@DatabaseTest
class CodePalModesTest {

  private static final String PASSWORD = "correct horse battery 9 Staple";

  @TempDir private Path folder;

  @Test
  @Tag("CP-001")
  @Tag("CP-003")
  void in_development_it_needs_no_server_but_the_embedded_one() throws Exception {
    try (TestingFolder codepal = TestingFolder.withApplication(folder, "codepal")) {
      JsonNode summary = codepal.up();
      assertThat(summary.path("server").asString()).contains("embedded");
      assertThatItWorks(summary);
    }
  }

  @Test
  @Tag("CP-002")
  @Tag("CP-003")
  void in_production_it_does_the_same_on_a_server_of_postgresql(
      @On(PostgresVersion.V15) PostgresDatabase database) throws Exception {
    try (TestingFolder codepal =
        TestingFolder.withApplication(folder, "codepal")
            .with("NODE_ENV", "production")
            .with("DATABASE_URL", database.url())
            .with("JWT_SECRET", "q8Zk3vQ9-x7Lm2pR8tYw4nBc6dFh1jGs5")
            .with("PASSWORD_PEPPER", "Ba3vQ9-x7Lm2pR8tYw4nBc6dFh1jGs5a")) {
      JsonNode summary = codepal.up();
      assertThat(summary.path("server").asString()).isEqualTo("external");
      assertThatItWorks(summary);
      assertThat(database.value("SELECT name FROM projects")).isEqualTo("Lantern");
    }
  }

  /** Somebody enters, makes a project, and stores a file in it; a stranger sees nothing of it. */
  private static void assertThatItWorks(JsonNode summary) throws Exception {
    String address = summary.path("address").asString();
    String token = enter(address, "ann@example.com");
    JsonNode project =
        answer(201, send(address, token, "POST", "/code/projects", "{\"name\": \"Lantern\"}"));
    String place = "/code/projects/" + project.path("id").asString();
    answer(200, send(address, token, "GET", place, ""));
    assertThat(answer(200, send(address, token, "GET", "/code/projects", "")).toString())
        .contains("Lantern");
    String stranger = enter(address, "bob@example.com");
    answer(404, send(address, stranger, "GET", place, ""));
    assertThat(send(address, "", "GET", place, "").statusCode()).isEqualTo(401);
  }

  private static String enter(String address, String email) throws Exception {
    String login = "\"email\": \"" + email + "\", \"password\": \"" + PASSWORD + "\"";
    answer(201, send(address, "", "POST", "/code/register", "{" + login + ", \"name\": \"A\"}"));
    return answer(200, send(address, "", "POST", "/code/login", "{" + login + "}"))
        .path("accessToken")
        .asString();
  }

  private static JsonNode answer(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return TestingFolder.json(response);
  }

  private static HttpResponse<String> send(
      String address, String token, String method, String path, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
