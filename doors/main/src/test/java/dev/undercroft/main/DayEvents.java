package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.Await;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A stream of server-sent events that somebody follows. One thread at a time. */
final class DayEvents implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Stream<String> lines;
  private final BlockingQueue<String> come = new LinkedBlockingQueue<>();
  private final Thread reader;

  DayEvents(Stream<String> lines) {
    this.lines = lines;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try {
      lines
          .filter(line -> line.startsWith("event: ") || line.startsWith("data: "))
          .map(line -> line.replaceFirst("^\\w+: ", ""))
          .forEach(come::add);
    } catch (UncheckedIOException closed) {
      come.add("closed");
    }
  }

  /** The data of the next event, which has this name. */
  JsonNode next(String name, String at) throws InterruptedException {
    assertThat(line()).as(at).isEqualTo(name);
    return JSON.readTree(line());
  }

  private String line() throws InterruptedException {
    @Nullable String line = come.poll(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  @Override
  public void close() {
    lines.close();
    try {
      reader.join(Await.PATIENCE);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
