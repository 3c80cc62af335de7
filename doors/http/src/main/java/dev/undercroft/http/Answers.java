package dev.undercroft.http;

import dev.undercroft.sdk.Response;
import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers. Thread-safe. */
final class Answers {

  private final JsonMapper mapper;
  private final InFlight inFlight;

  Answers(JsonMapper mapper, InFlight inFlight) {
    this.mapper = mapper;
    this.inFlight = inFlight;
  }

  /** Writes what a handler answered. */
  void write(Context context, Response response) throws Exception {
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
      case Response.Content.Events(Response.EventSource source) -> stream(context, source);
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

  private void stream(Context context, Response.EventSource source) throws Exception {
    context.disableCompression();
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("utf-8");
    context.res().setHeader("Cache-Control", "no-store");
    context.res().setHeader("X-Accel-Buffering", "no");
    context.res().flushBuffer();
    source.writeTo(new Sink(context.res().getOutputStream()));
  }

  /** Writes events (HTML standard, section 9.2) until the caller or the server goes. */
  private final class Sink implements Response.EventSink {
    private final ServletOutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean gone;

    Sink(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public boolean open() {
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
