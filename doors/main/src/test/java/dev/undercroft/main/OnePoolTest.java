package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The services of an application share one way to its database. */
class OnePoolTest {

  private static final String LISTENER = "5eda0000-0000-4000-8000-000000000003";
  private static final List<String> SERVICES =
      List.of(
          "/chat/rooms",
          "/chat/rooms/5eda0000-0000-4000-8000-000000000021/messages",
          "/health/database");
  private static final int ASKING = 60;
  private static final int POOL = 10;

  @TempDir private Path folder;

  @Test
  @Tag("SF-105")
  void however_many_ask_different_services_at_once_one_pool_serves_them() throws Exception {
    try (TestingFolder seda = TestingFolder.withApplication(folder, "seda")) {
      JsonNode summary = seda.up();
      String token = Files.readString(Path.of(summary.path("tokenFile").asString())).strip();
      List<Future<Integer>> answers = new ArrayList<>();
      try (var threads = Executors.newVirtualThreadPerTaskExecutor();
          HttpClient client = HttpClient.newHttpClient()) {
        for (int i = 0; i < ASKING; i++) {
          HttpRequest request =
              HttpRequest.newBuilder(
                      URI.create(
                          summary.path("address").asString() + SERVICES.get(i % SERVICES.size())))
                  .header("Authorization", "Bearer " + token)
                  .header("Undercroft-Tenant", LISTENER)
                  .header("Undercroft-Role", "USER")
                  .build();
          answers.add(
              threads.submit(
                  () -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()));
        }
        for (Future<Integer> answer : answers) {
          assertThat(answer.get()).isEqualTo(200);
        }
      }
      assertThat(Integer.parseInt(connections(seda))).isBetween(1, POOL);
    }
  }

  private static String connections(TestingFolder seda) throws Exception {
    String[] words = seda.run("url", "--role", "superuser").out().strip().split("\\s+", -1);
    URI url = URI.create(words[words.length - 1]);
    String[] login = url.getUserInfo().split(":", 2);
    try (Connection superuser =
        DriverManager.getConnection(
            "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + "/postgres",
            login[0],
            login[1])) {
      return TestingFolder.value(
          superuser, "select count(*) from pg_stat_activity where usename = 'seda_app'");
    }
  }
}
