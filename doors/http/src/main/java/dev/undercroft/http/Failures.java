package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import io.javalin.http.HttpResponseException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;

/** Turns whatever was thrown into a {@link Refusal}. Thread-safe. */
final class Failures {

  private final System.Logger log = System.getLogger("undercroft.http");

  /**
   * What to answer.
   *
   * @param thrown what the handler or the server threw
   * @param requestId under which a defect is logged
   */
  Refusal refusal(Throwable thrown, String requestId) {
    return switch (thrown) {
      case Refusal refusal -> refusal;
      case ProblemException problem -> ofProblems(problem, requestId);
      case HttpResponseException response -> ofServer(response);
      default -> defect(thrown, requestId);
    };
  }

  private Refusal ofProblems(ProblemException thrown, String requestId) {
    if (thrown.first().kind() == ProblemKind.INTERNAL) {
      log.log(Level.ERROR, "request " + requestId + " failed", thrown);
    } else if (thrown.first().kind() == ProblemKind.EXTERNAL) {
      log.log(Level.WARNING, "request {0}: {1}", requestId, thrown.getMessage());
    }
    String wait = thrown.first().context().get("retryAfter");
    return new Refusal(
        thrown.first().kind().httpStatus(),
        thrown.problems(),
        wait == null ? Map.of() : Map.of("Retry-After", wait));
  }

  private Refusal defect(Throwable thrown, String requestId) {
    log.log(Level.ERROR, "request " + requestId + " failed", thrown);
    Problem problem =
        Problem.of("HTTP_DEFECT", ProblemKind.INTERNAL, "the request could not be answered")
            .withRemedy("The log has the cause under the request id " + requestId + ".");
    return new Refusal(500, problem);
  }

  private static Refusal ofServer(HttpResponseException thrown) {
    return switch (thrown.getStatus()) {
      case 404 ->
          new Refusal(
              404,
              Refusal.problem(
                  "HTTP_PATH_UNKNOWN",
                  ProblemKind.NOT_FOUND,
                  "there is nothing at this path",
                  "All paths are described in /api/openapi.json."));
      case 405 -> methodNotAllowed(thrown);
      case 413 -> tooLarge();
      default ->
          new Refusal(
              thrown.getStatus(),
              Refusal.problem(
                  "HTTP_REQUEST_REFUSED",
                  ProblemKind.INPUT,
                  "the request cannot be read",
                  "Send it as HTTP/1.1 asks (RFC 9112)."));
    };
  }

  /** The body is larger than this server takes. */
  static Refusal tooLarge() {
    return new Refusal(
        413,
        Refusal.problem(
            "HTTP_BODY_TOO_LARGE",
            ProblemKind.INPUT,
            "the body is larger than this server takes",
            "Send less at once, or raise the setting server.body."));
  }

  private static Refusal methodNotAllowed(HttpResponseException thrown) {
    String allowed = thrown.getDetails().getOrDefault("availableMethods", "");
    Problem problem =
        Refusal.problem(
            "HTTP_METHOD_UNKNOWN",
            ProblemKind.INPUT,
            "this path does not answer this method",
            allowed.isEmpty() ? "See /api/openapi.json." : "It answers " + allowed + ".");
    return new Refusal(405, List.of(problem), Map.of("Allow", allowed));
  }
}
