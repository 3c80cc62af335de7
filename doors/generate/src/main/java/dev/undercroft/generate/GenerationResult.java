package dev.undercroft.generate;

import java.util.List;

/**
 * What a generation did. Immutable. File names are relative to the package's folder, sorted.
 *
 * @param written files that are new or changed
 * @param removed files whose table or type is gone
 * @param unchanged how many files were right already and were not touched
 */
public record GenerationResult(List<String> written, List<String> removed, int unchanged) {

  /** Copies both lists. */
  public GenerationResult {
    written = List.copyOf(written);
    removed = List.copyOf(removed);
  }

  /** Whether anything was written or removed. */
  public boolean changed() {
    return !written.isEmpty() || !removed.isEmpty();
  }
}
