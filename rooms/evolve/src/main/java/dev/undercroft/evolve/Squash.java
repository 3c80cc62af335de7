package dev.undercroft.evolve;

import java.util.List;

/**
 * Several migrations as one. Immutable.
 *
 * @param replaced the migrations it stands for, with those that they stood for themselves
 * @param range the names of the migrations whose files it takes the place of
 * @param up what it does
 * @param down how it is undone; empty text where one of them cannot be undone
 * @param lines what became of comparing both, for people
 */
public record Squash(
    List<String> replaced, List<String> range, String up, String down, List<String> lines) {

  /** Copies the lists. */
  public Squash {
    replaced = List.copyOf(replaced);
    range = List.copyOf(range);
    lines = List.copyOf(lines);
  }
}
