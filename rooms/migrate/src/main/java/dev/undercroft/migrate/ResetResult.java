package dev.undercroft.migrate;

import java.util.List;

/**
 * What {@code reset} did. Immutable.
 *
 * @param dropped the objects that were dropped
 * @param setup what was deployed and seeded afterwards
 */
public record ResetResult(List<String> dropped, SetupResult setup) {

  /** Copies the list. */
  public ResetResult {
    dropped = List.copyOf(dropped);
  }
}
