package dev.undercroft.platform;

import java.util.List;

/**
 * SQL files in one layout.
 *
 * @param files how many were looked at
 * @param changed those that were not in the layout, as they were named; written anew unless it was
 *     only asked
 */
public record FilesLaidOut(int files, List<String> changed) {

  /** Copies the list. */
  public FilesLaidOut {
    changed = List.copyOf(changed);
  }
}
