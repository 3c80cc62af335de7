package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Detail;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Route;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What every request goes through between the server and the handler: who asks, may they, what did
 * they send. Thread-safe.
 */
final class Pipeline {

  private final HttpSettings settings;
  private final Checks checks;
  private final Answers answers;

  /**
   * What a request must stand.
   *
   * @param identification finds out who asks
   * @param bodies reads bodies
   * @param ready whether more than the paths about health may be answered
   */
  record Checks(Identification identification, Bodies bodies, BooleanSupplier ready) {}

  Pipeline(HttpSettings settings, Checks checks, Answers answers) {
    this.settings = settings;
    this.checks = checks;
    this.answers = answers;
  }

  /** Answers a request at an endpoint, or throws what stands in the way. */
  void answer(Context context, Endpoint endpoint) throws Exception {
    Route route = endpoint.route();
    boolean answerable = checks.ready().getAsBoolean() || OwnRoutes.answersBeforeReady(endpoint);
    if (!answerable && route.identifier().isPresent()) {
      // Who it is stands in the database.
      throw starting();
    }
    Caller caller = checks.identification().caller(context, route);
    Detail detail = caller.operator() ? Detail.FULL : settings.detail();
    context.attribute(Attributes.DETAIL, detail);
    checks.identification().admit(caller, route.audience());
    if (!answerable) {
      throw starting();
    }
    String id = Attributes.requestId(context);
    CheckedRequest request = check(context, route, new CheckedRequest.Asking(id, caller, detail));
    answers.write(context, route.handler().handle(request), () -> isStill(caller, context, route));
  }

  /** Whether the request would be let in again: sessions end while streams are open. */
  private boolean isStill(Caller caller, Context context, Route route) {
    try {
      return checks.identification().caller(context, route).equals(caller);
    } catch (Refusal | ProblemException refused) {
      return false;
    }
  }

  private static Refusal starting() {
    Problem problem =
        Problem.of("HTTP_STARTING", ProblemKind.EXHAUSTED, "the databases are being set up")
            .withRemedy("Try again in a moment.");
    return new Refusal(503, List.of(problem), Map.of("Retry-After", "1"));
  }

  private CheckedRequest check(Context context, Route route, CheckedRequest.Asking asking) {
    ParameterReader reader = new ParameterReader();
    for (Parameter parameter : route.parameters()) {
      reader.read(parameter, texts(context, parameter));
    }
    reader.refuseUnknown(route.parameters(), context.queryParamMap().keySet());
    List<Problem> problems = new ArrayList<>();
    Map<String, List<Object>> values = Map.of();
    Object body = null;
    try {
      body = body(context, route);
    } catch (ProblemException wrong) {
      problems.addAll(wrong.problems());
    }
    try {
      values = reader.values();
    } catch (ProblemException wrong) {
      problems.addAll(0, wrong.problems());
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return new CheckedRequest(context, asking, values, body);
  }

  private static List<String> texts(Context context, Parameter parameter) {
    return switch (parameter.place()) {
      case PATH -> List.of(context.pathParam(parameter.name()));
      case QUERY -> context.queryParams(parameter.name());
      case HEADER -> {
        String header = context.header(parameter.name());
        yield header == null ? List.of() : List.of(header);
      }
    };
  }

  private @Nullable Object body(Context context, Route route) {
    byte[] bytes = read(context);
    if (route.body().isEmpty()) {
      if (bytes.length > 0) {
        throw Problem.of(
                "HTTP_BODY_UNEXPECTED", ProblemKind.INPUT, "this path does not take a body")
            .withRemedy("Send the request without a body.")
            .exception();
      }
      return null;
    }
    String type = String.valueOf(context.contentType()).toLowerCase(Locale.ROOT);
    if (!type.equals("application/json") && !type.startsWith("application/json;")) {
      throw new Refusal(
          415,
          Refusal.problem(
              "HTTP_BODY_TYPE",
              ProblemKind.INPUT,
              "the body must be JSON",
              "Send the header 'Content-Type: application/json'."));
    }
    return checks.bodies().read(bytes, route.body().get());
  }

  private byte[] read(Context context) {
    long most = settings.largestBody().bytes();
    if (context.req().getContentLengthLong() > most) {
      throw Failures.tooLarge();
    }
    try (InputStream in = context.req().getInputStream()) {
      byte[] bytes = in.readNBytes(Math.toIntExact(most) + 1);
      if (bytes.length > most) {
        throw Failures.tooLarge();
      }
      return bytes;
    } catch (IOException broken) {
      throw new Refusal(
          400,
          Refusal.problem(
              "HTTP_BODY_BROKEN",
              ProblemKind.INPUT,
              "the body could not be read to its end",
              "Send the request again."));
    }
  }
}
