package dev.undercroft.evolve;

import dev.undercroft.base.Problem;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.diff.Change;
import dev.undercroft.plan.Plan;
import java.util.List;

/**
 * Two schemas beside each other, and the way from one to the other. Immutable.
 *
 * @param before the first
 * @param after the second
 * @param changes what differs, renames that were asked for told as such
 * @param plan the steps from the first to the second
 * @param guesses what may be a rename and was not asked for
 * @param notes what was left out of the sources, or met and not modelled
 * @param proof what became of trying the plan on a copy; empty text where it was not tried
 * @param stages fingerprints of the copy before, between and behind the batches of the plan; empty
 *     where it was not tried
 */
public record Comparison(
    Catalog before,
    Catalog after,
    List<Change> changes,
    Plan plan,
    List<Guess> guesses,
    List<Problem> notes,
    String proof,
    List<String> stages) {

  /** Copies the lists. */
  public Comparison {
    changes = List.copyOf(changes);
    guesses = List.copyOf(guesses);
    notes = List.copyOf(notes);
    stages = List.copyOf(stages);
  }

  Comparison with(Plan other) {
    return new Comparison(before, after, changes, other, guesses, notes, proof, stages);
  }

  Comparison proved(String how) {
    return proved(how, List.of());
  }

  Comparison proved(String how, List<String> places) {
    return new Comparison(before, after, changes, plan, guesses, notes, how, places);
  }
}
