package dev.undercroft.base;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Carries one or more {@link Problem}s to the door that tells a person. The only exception type of
 * the house that is meant for people; programming errors stay {@link IllegalArgumentException} and
 * {@link IllegalStateException}.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** One problem. */
  public ProblemException(Problem problem) {
    this(List.of(problem));
  }

  /** One problem and what caused it. */
  public ProblemException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problems = List.of(problem);
  }

  /**
   * All problems of one piece of input, reported together.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ProblemException(List<Problem> problems) {
    super(problems.stream().map(Problem::message).collect(Collectors.joining("; ")));
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("a ProblemException needs at least one problem");
    }
    this.problems = List.copyOf(problems);
  }

  /** The problems, in the order they were found; never empty. */
  public List<Problem> problems() {
    return problems;
  }

  /** The first problem; its kind decides the exit code and the HTTP status. */
  public Problem first() {
    return problems.getFirst();
  }
}
