package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;
import java.util.Map;

/**
 * A request that the door itself refuses, with a status of HTTP that no problem kind has.
 * Immutable.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient List<Problem> problems;
  private final transient Map<String, String> headers;

  Refusal(int status, Problem problem) {
    this(status, List.of(problem), Map.of());
  }

  Refusal(int status, List<Problem> problems, Map<String, String> headers) {
    super(problems.getFirst().message());
    this.status = status;
    this.problems = problems;
    this.headers = headers;
  }

  static Problem problem(String code, ProblemKind kind, String message, String remedy) {
    return Problem.of(code, kind, message).withRemedy(remedy);
  }

  int status() {
    return status;
  }

  List<Problem> problems() {
    return problems;
  }

  Map<String, String> headers() {
    return headers;
  }
}
