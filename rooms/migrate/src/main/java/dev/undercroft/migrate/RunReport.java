package dev.undercroft.migrate;

import java.util.List;

/**
 * What the server said about statements that ran. Immutable.
 *
 * @param rows how many rows were inserted, updated or deleted
 * @param notices what the server said on the way, in order; at most the first hundred
 */
public record RunReport(long rows, List<String> notices) {

  /** Copies the list. */
  public RunReport {
    notices = List.copyOf(notices);
  }
}
