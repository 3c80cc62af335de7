package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.sdk.Detail;
import java.util.List;
import java.util.Optional;

/**
 * A problem as the body of an answer (RFC 9457, Problem Details for HTTP APIs). Immutable.
 *
 * @param type names the kind of problem; the same for the same code
 * @param title the message of the first problem
 * @param status the HTTP status
 * @param detail further facts
 * @param instance names this occurrence
 * @param code stable text that programs may rely on
 * @param remedy what to do next
 * @param requestId the id under which the log has more
 * @param errors all problems, when there are several or one that stands at a place in the input
 */
record ProblemBody(
    String type,
    String title,
    int status,
    Optional<String> detail,
    String instance,
    String code,
    Optional<String> remedy,
    String requestId,
    List<Entry> errors) {

  static final String MEDIA_TYPE = "application/problem+json";

  /**
   * One problem among several.
   *
   * @param code stable text
   * @param message what is wrong
   * @param pointer where in the body (RFC 6901)
   * @param parameter which parameter
   */
  record Entry(String code, String message, Optional<String> pointer, Optional<String> parameter) {}

  /**
   * Makes the body.
   *
   * @param status the HTTP status
   * @param problems what is wrong; not empty
   * @param detail how much the caller may be told: what stands behind the house is for operators
   * @param requestId the request's id
   */
  static ProblemBody of(int status, List<Problem> problems, Detail detail, String requestId) {
    Problem first = problems.getFirst();
    boolean hidden = detail == Detail.BRIEF && isInside(first);
    return new ProblemBody(
        "urn:undercroft:problem:" + first.code(),
        hidden ? publicTitle(first) : first.message(),
        status,
        hidden ? Optional.empty() : filled(first.detail()),
        "urn:undercroft:request:" + requestId,
        first.code(),
        hidden ? Optional.empty() : filled(first.remedy()),
        requestId,
        hidden ? List.of() : entries(problems));
  }

  private static boolean isInside(Problem problem) {
    return switch (problem.kind()) {
      case EXTERNAL, EXHAUSTED, INTERNAL -> true;
      case USAGE, INPUT, UNAUTHENTICATED, FORBIDDEN, NOT_FOUND, CONFLICT, NEGATIVE, THROTTLED ->
          false;
    };
  }

  private static String publicTitle(Problem problem) {
    return switch (problem.kind()) {
      case EXHAUSTED -> "the service is busy; try again later";
      case INTERNAL -> "something went wrong inside the service";
      case EXTERNAL,
          USAGE,
          INPUT,
          UNAUTHENTICATED,
          FORBIDDEN,
          NOT_FOUND,
          CONFLICT,
          NEGATIVE,
          THROTTLED ->
          "the service cannot answer now";
    };
  }

  private static List<Entry> entries(List<Problem> problems) {
    boolean placed = problems.getFirst().context().containsKey("pointer");
    if (problems.size() == 1 && !placed) {
      return List.of();
    }
    return problems.stream()
        .map(problem ->
            new Entry(
                problem.code(),
                problem.message(),
                Optional.ofNullable(problem.context().get("pointer")),
                Optional.ofNullable(problem.context().get("parameter"))))
        .toList();
  }

  private static Optional<String> filled(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
