package dev.undercroft.base;

/**
 * Who has to act on a {@link Problem}. The kind alone decides the exit code of a command and the
 * status of an HTTP answer, so that every door answers alike. Immutable.
 */
public enum ProblemKind {
  /** The command line itself is wrong: an unknown word, a missing argument. */
  USAGE(2, 400),
  /** What the caller gave is wrong: a value, a file, a setting. */
  INPUT(1, 400),
  /** Nobody proved who is asking. */
  UNAUTHENTICATED(1, 401),
  /** The caller is known and may not do this. */
  FORBIDDEN(1, 403),
  /** The named thing does not exist. */
  NOT_FOUND(1, 404),
  /** The thing exists in a state that does not allow this now. */
  CONFLICT(1, 409),
  /** The question was answered, and the answer is no: drift, pending, unhealthy. */
  NEGATIVE(3, 409),
  /** Something outside did not work: the server, the disk, the network. */
  EXTERNAL(1, 503),
  /** Too much at once: a pool, a quota or a queue is full. */
  EXHAUSTED(1, 503),
  /** This caller asked too often; others are served. */
  THROTTLED(1, 429),
  /** A defect of this program. */
  INTERNAL(1, 500);

  private final int exitCode;
  private final int httpStatus;

  ProblemKind(int exitCode, int httpStatus) {
    this.exitCode = exitCode;
    this.httpStatus = httpStatus;
  }

  /** The process exit code: 1 failed, 2 wrong usage, 3 the answer is no. */
  public int exitCode() {
    return exitCode;
  }

  /** The HTTP status of an answer whose gravest problem is of this kind. */
  public int httpStatus() {
    return httpStatus;
  }
}
