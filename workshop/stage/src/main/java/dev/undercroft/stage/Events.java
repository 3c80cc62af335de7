package dev.undercroft.stage;

import dev.undercroft.testkit.Await;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Server-sent events as they come (HTML standard, section 9.2). One thread at a time; the test
 * closes it.
 */
public final class Events implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpResponse<Stream<String>> response;
  private final BlockingQueue<Event> come = new LinkedBlockingQueue<>();
  private final Thread reader;
  private volatile boolean ended;

  /**
   * An event.
   *
   * @param id its id, or empty text
   * @param name its name
   * @param data its data
   */
  public record Event(String id, String name, JsonNode data) {}

  Events(HttpResponse<Stream<String>> response) {
    this.response = response;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    String id = "";
    String name = "";
    try {
      for (String line : (Iterable<String>) response.body()::iterator) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          come.add(new Event(id, name, JSON.readTree(line.substring(6))));
          id = "";
        }
      }
    } catch (UncheckedIOException closed) {
      name = "";
    }
    ended = true;
  }

  /** The HTTP status. */
  public int status() {
    return response.statusCode();
  }

  /** The media type. */
  public String mediaType() {
    return response.headers().firstValue("Content-Type").orElse("");
  }

  /** Waits for the next event. */
  public Event next() throws InterruptedException {
    @Nullable Event event = come.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (event == null) {
      throw new AssertionError("no event within " + Await.PATIENCE);
    }
    return event;
  }

  /** Whether there was no further event before the stream ended; waits for its end. */
  public boolean endsSilently() {
    Await.until("the end of the stream", () -> ended);
    return come.isEmpty();
  }

  @Override
  public void close() {
    response.body().close();
    try {
      reader.join(Await.PATIENCE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
