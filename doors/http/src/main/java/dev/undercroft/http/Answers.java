package dev.undercroft.http;

import dev.undercroft.sdk.Response;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers. Thread-safe. */
final class Answers {

  private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

  private final JsonMapper mapper;
  private final InFlight inFlight;

  Answers(JsonMapper mapper, InFlight inFlight) {
    this.mapper = mapper;
    this.inFlight = inFlight;
  }

  /**
   * Writes what a handler answered.
   *
   * @param still whether the caller is known as before; a stream asks from time to time
   */
  void write(Context context, Response response, BooleanSupplier still) throws Exception {
    context.status(response.status());
    response.headers().forEach(context::header);
    switch (response.content()) {
      case Response.Content.Nothing nothing -> {}
      case Response.Content.Json(Object value) ->
          context.contentType("application/json").result(mapper.writeValueAsBytes(value));
      case Response.Content.Text(String mediaType, String text) ->
          context
              .contentType(mediaType + "; charset=utf-8")
              .result(text.getBytes(StandardCharsets.UTF_8));
      case Response.Content.Bytes(String mediaType, byte[] bytes) ->
          context.contentType(mediaType).result(bytes);
      case Response.Content.Events(Response.EventSource source) -> stream(context, source, still);
    }
  }

  /** Writes a refusal as problem+json, unless the answer has begun already. */
  void write(Context context, Refusal refusal) {
    if (context.res().isCommitted()) {
      return;
    }
    refusal.headers().forEach(context::header);
    ProblemBody body =
        ProblemBody.of(
            refusal.status(),
            refusal.problems(),
            Attributes.detail(context),
            Attributes.requestId(context));
    context
        .status(refusal.status())
        .contentType(ProblemBody.MEDIA_TYPE)
        .result(mapper.writeValueAsBytes(body));
  }

  private void stream(Context context, Response.EventSource source, BooleanSupplier still)
      throws Exception {
    context.disableCompression();
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("utf-8");
    context.res().setHeader("Cache-Control", "no-store");
    context.res().setHeader("X-Accel-Buffering", "no");
    context.res().flushBuffer();
    source.writeTo(new Sink(context.res().getOutputStream(), still));
  }

  /**
   * Writes events (HTML standard, section 9.2) until the caller or the server goes, or the caller's
   * session ends.
   */
  private final class Sink implements Response.EventSink {
    private final ServletOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private final BooleanSupplier still;
    private long asked = System.nanoTime();
    private boolean gone;

    Sink(ServletOutputStream out, BooleanSupplier still) {
      this.out = out;
      this.still = still;
    }

    @Override
    public boolean open() {
      if (!gone && System.nanoTime() - asked > ASK_AGAIN.toNanos()) {
        gone = !still.getAsBoolean();
        asked = System.nanoTime();
      }
      return !gone && !inFlight.closing();
    }

    @Override
    public void send(String id, String name, Object data) {
      String text = "event: " + name + "\ndata: " + mapper.writeValueAsString(data) + "\n\n";
      write(id.isEmpty() ? text : "id: " + id + "\n" + text);
    }

    @Override
    public void beat() {
      write(":\n\n");
    }

    private void write(String text) {
      if (!open()) {
        return;
      }
      lock.lock();
      try {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException callerHasGone) {
        gone = true;
      } finally {
        lock.unlock();
      }
    }
  }
}
