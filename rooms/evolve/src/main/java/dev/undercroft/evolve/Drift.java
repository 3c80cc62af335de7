package dev.undercroft.evolve;

import java.util.List;

/**
 * How a database differs from what its applied migrations give. Immutable.
 *
 * @param changes what differs, a line each: from what the migrations give to what is there
 * @param back the statements that would take it back; empty text where none could be found
 */
public record Drift(List<String> changes, String back) {

  /** Copies the list. */
  public Drift {
    changes = List.copyOf(changes);
  }
}
