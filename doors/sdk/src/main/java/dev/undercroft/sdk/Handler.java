package dev.undercroft.sdk;

/** Answers requests of one route. Called from many threads at once, each a virtual one. */
@FunctionalInterface
public interface Handler {

  /**
   * Answers.
   *
   * @param request already checked against what the route declares
   * @return the answer
   * @throws dev.undercroft.base.ProblemException for what the caller should know; its kind decides
   *     the status
   * @throws Exception for a defect: the caller sees status 500 and the request id, the log has the
   *     rest
   */
  Response handle(Request request) throws Exception;
}
