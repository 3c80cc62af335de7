package dev.undercroft.evolve;

import java.util.List;

/**
 * A migration before it is written to a file. Immutable.
 *
 * @param up what it does; empty text when the wanted schema is what the migrations give
 * @param down how it is undone; empty text where that could not be proved
 * @param comparison what differs, and the plan
 * @param lines what became of trying it on a copy, for people
 */
public record Draft(String up, String down, Comparison comparison, List<String> lines) {

  /** Copies the list. */
  public Draft {
    lines = List.copyOf(lines);
  }

  /** Whether somebody has to say first what is renamed. */
  public boolean hasQuestions() {
    return !comparison.guesses().isEmpty();
  }

  /** Whether there is nothing to migrate. */
  public boolean isEmpty() {
    return comparison.plan().isEmpty();
  }
}
