package dev.undercroft.sdk;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer. Immutable.
 *
 * @param status the HTTP status
 * @param headers further headers
 * @param content what stands in the body
 */
public record Response(int status, Map<String, String> headers, Content content) {

  /** Copies the headers. */
  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Status 200 with a value as JSON. */
  public static Response ok(Object value) {
    return of(200, value);
  }

  /** Any status with a value as JSON. */
  public static Response of(int status, Object value) {
    return new Response(status, Map.of(), new Content.Json(value));
  }

  /** Status 201 with the new thing as JSON and where it is. */
  public static Response created(String location, Object value) {
    return new Response(201, Map.of("Location", location), new Content.Json(value));
  }

  /** Status 204. */
  public static Response noContent() {
    return new Response(204, Map.of(), new Content.Nothing());
  }

  /** Status 200 with a text of this media type, in UTF-8. */
  public static Response text(String mediaType, String text) {
    return new Response(200, Map.of(), new Content.Text(mediaType, text));
  }

  /** Status 200 with bytes of this media type. */
  public static Response bytes(String mediaType, byte[] bytes) {
    return new Response(200, Map.of(), new Content.Bytes(mediaType, bytes));
  }

  /** Server-sent events, until the source returns or the caller has gone. */
  public static Response events(EventSource source) {
    return new Response(200, Map.of(), new Content.Events(source));
  }

  /** The same answer with one more header. */
  public Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, content);
  }

  /** What stands in the body. */
  public sealed interface Content {

    /** No body. */
    record Nothing() implements Content {}

    /** A value, written as JSON. */
    record Json(Object value) implements Content {}

    /** A text, in UTF-8. */
    record Text(String mediaType, String text) implements Content {}

    /** Bytes; the array is not copied. */
    // A carrier from handler to door, never compared: the array's identity does no harm.
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(String mediaType, byte[] bytes) implements Content {}

    /** Server-sent events. */
    record Events(EventSource source) implements Content {}
  }

  /** Writes server-sent events. */
  @FunctionalInterface
  public interface EventSource {

    /**
     * Writes events until there are no more, or the sink is closed.
     *
     * @throws Exception for a defect; the stream ends
     */
    void writeTo(EventSink sink) throws Exception;
  }

  /** Takes server-sent events. One thread at a time. */
  public interface EventSink {

    /** Whether the caller is still there. */
    boolean open();

    /**
     * Sends an event; does nothing when the caller has gone.
     *
     * @param name the event's name
     * @param data written as JSON
     */
    default void send(String name, Object data) {
      send("", name, data);
    }

    /**
     * Sends an event that the caller may come back to; does nothing when the caller has gone.
     *
     * @param id what the caller sends as {@code Last-Event-ID} when it comes back, in one line;
     *     empty text for none
     * @param name the event's name
     * @param data written as JSON
     */
    void send(String id, String name, Object data);

    /** Says nothing, so that neither side takes the connection for dead. */
    void beat();
  }
}
