package dev.undercroft.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {

  @TempDir private Path folder;

  @Test
  @Tag("SF-109")
  void a_stop_waits_for_the_request_that_is_being_answered() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayFinish = new CountDownLatch(1);
    Route slow =
        Route.get("/slow", "Takes its time")
            .answers(String.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> {
              entered.countDown();
              assertThat(mayFinish.await(20, TimeUnit.SECONDS)).isTrue();
              return Response.text("text/plain", "finished");
            });
    TestingDoor door = TestingDoor.with(folder, routes -> routes.add(slow));
    CompletableFuture<HttpResponse<String>> answer =
        door.client.sendAsync(door.request("/slow").build(), HttpResponse.BodyHandlers.ofString());
    assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(door.door::close);
    HttpResponse<String> late = untilRefused(door);
    HttpDoorTest.assertProblem(late, 503, "HTTP_STOPPING");
    assertThat(stopping.isDone()).isFalse();
    mayFinish.countDown();
    assertThat(answer.get(20, TimeUnit.SECONDS).body()).isEqualTo("finished");
    stopping.get(20, TimeUnit.SECONDS);
    door.close();
  }

  private static HttpResponse<String> untilRefused(TestingDoor door) throws Exception {
    HttpResponse<String> response = door.get("/health/live");
    while (response.statusCode() == 200) {
      response = door.get("/health/live");
    }
    return response;
  }

  @Test
  void events_arrive_one_by_one_and_end_when_the_server_stops() throws Exception {
    Route news =
        Route.get("/news", "News")
            .streams(Integer.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request ->
                Response.events(sink -> {
                  for (int i = 0; sink.open(); i++) {
                    sink.send("news", i);
                    Thread.onSpinWait();
                  }
                }));
    TestingDoor door = TestingDoor.with(folder, routes -> routes.add(news));
    var response =
        door.client.send(door.request("/news").build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    CountDownLatch firstNews = new CountDownLatch(1);
    try (Stream<String> lines = response.body()) {
      CompletableFuture<Long> count =
          CompletableFuture.supplyAsync(() ->
              lines
                  .peek(line -> firstNews.countDown())
                  .filter(line -> line.equals("event: news"))
                  .count());
      assertThat(firstNews.await(20, TimeUnit.SECONDS)).isTrue();
      door.door.close();
      assertThat(count.get(20, TimeUnit.SECONDS)).isPositive();
    }
    door.close();
  }

  @Test
  void a_taken_port_is_a_clear_problem() {
    TestingDoor first = TestingDoor.with(folder, routes -> {});
    try {
      HttpSettings same = HttpSettings.standard().onPort(first.door.port());
      House house =
          new House(
              first.platform(),
              dev.undercroft.platform.Scope.of(folder),
              first.token,
              first.meters,
              () -> "",
              java.util.Optional::empty,
              "1");
      try (HttpDoor second = new HttpDoor(same, house, java.util.List.of())) {
        org.assertj.core.api.Assertions.assertThatThrownBy(second::start)
            .hasMessageContaining("port " + first.door.port() + " of 127.0.0.1 is taken");
      }
    } finally {
      first.close();
    }
  }
}
