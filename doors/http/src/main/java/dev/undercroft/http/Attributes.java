package dev.undercroft.http;

import dev.undercroft.sdk.Detail;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What the stations of a request tell each other. Thread-safe. */
final class Attributes {

  static final String REQUEST_ID = "undercroft.request";
  static final String DETAIL = "undercroft.detail";
  static final String ENDPOINT = "undercroft.endpoint";

  private static final Pattern ACCEPTED_ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final SecureRandom random = new SecureRandom();

  /** Takes the caller's request id, if it may stand in a log line, or makes one. */
  void identify(Context context) {
    String given = context.header("X-Request-Id");
    String id = given != null && ACCEPTED_ID.matcher(given).matches() ? given : fresh();
    context.attribute(REQUEST_ID, id);
    context.header("X-Request-Id", id);
  }

  private String fresh() {
    byte[] bytes = new byte[12];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The request's id; empty text before {@link #identify}. */
  static String requestId(Context context) {
    String id = context.attribute(REQUEST_ID);
    return id == null ? "" : id;
  }

  /** How much the caller may be told, as far as is known yet. */
  static Detail detail(Context context) {
    Detail detail = context.attribute(DETAIL);
    return detail == null ? Detail.BRIEF : detail;
  }
}
