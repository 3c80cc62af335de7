package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two schemas, and the way from the first to the second.
 *
 * @param equal whether nothing differs
 * @param changes what differs, object by object
 * @param mark tells this plan from another: it changes when either side does
 * @param stages what the database is before, between and behind the transactions of the plan, by
 *     which an interrupted run is found again; empty where it was not tried on a copy
 * @param hazards the words of all hazards of all steps
 * @param steps the statements in order
 * @param possibleRenames lines for an answers file: things that go while something like them comes
 * @param proof what became of trying the plan on a copy; empty text where it was not tried
 * @param sql the steps as one text
 * @param notAllowed a problem for each hazard that was not allowed
 * @param notes what was left out of the sources, or met and not understood
 */
public record SchemaPlan(
    boolean equal,
    List<Change> changes,
    String mark,
    List<String> stages,
    List<String> hazards,
    List<Step> steps,
    List<String> possibleRenames,
    String proof,
    String sql,
    List<Problem> notAllowed,
    List<Problem> notes) {

  /** Copies the lists. */
  public SchemaPlan {
    changes = List.copyOf(changes);
    stages = List.copyOf(stages);
    hazards = List.copyOf(hazards);
    steps = List.copyOf(steps);
    possibleRenames = List.copyOf(possibleRenames);
    notAllowed = List.copyOf(notAllowed);
    notes = List.copyOf(notes);
  }

  /**
   * One difference.
   *
   * @param change {@code added}, {@code removed}, {@code altered} or {@code renamed}
   * @param object the object, as it is called in the second schema
   * @param line the difference on one line, for people
   */
  public record Change(String change, String object, String line) {}

  /**
   * One statement.
   *
   * @param object what it is about
   * @param sql the statement, without a semicolon at its end
   * @param lock the strongest lock it takes on a table that exists already, as the manual writes
   *     it; {@code NONE} for none
   * @param work what it does under that lock: {@code catalog}, {@code scan}, {@code rewrite} or
   *     {@code index}
   * @param transaction {@code shared} with its neighbours, {@code alone} in one, {@code
   *     commit-after}, or {@code outside} any
   * @param hazards what can go wrong
   */
  public record Step(
      String object,
      String sql,
      String lock,
      String work,
      String transaction,
      List<Hazard> hazards) {
    /** Copies the list. */
    public Step {
      hazards = List.copyOf(hazards);
    }
  }

  /**
   * What can go wrong in a step.
   *
   * @param hazard the word that allows it
   * @param sentence what it means here
   * @param rows how many rows of the database it is about; absent where nobody could count them
   */
  public record Hazard(String hazard, String sentence, @Nullable Long rows) {}
}
