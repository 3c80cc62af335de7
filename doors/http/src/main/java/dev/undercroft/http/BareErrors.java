package dev.undercroft.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what is refused before it is a request at all (a broken request line, headers that are
 * too long) in the same form as everything else. Thread-safe.
 */
final class BareErrors extends ErrorHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    String body =
        "{\"type\":\"urn:undercroft:problem:HTTP_REQUEST_REFUSED\","
            + "\"title\":\"the request cannot be read\",\"status\":"
            + status
            + ",\"code\":\"HTTP_REQUEST_REFUSED\"}";
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemBody.MEDIA_TYPE);
    response.write(true, BufferUtil.toBuffer(body.getBytes(StandardCharsets.UTF_8)), callback);
    return true;
  }
}
