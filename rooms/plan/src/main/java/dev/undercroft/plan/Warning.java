package dev.undercroft.plan;

/**
 * A hazard of a step, said for the case at hand. Immutable.
 *
 * @param hazard which one
 * @param sentence a full sentence that names the object
 * @param probe a query that counts, on the live database, the rows it is about; empty if none
 */
public record Warning(Hazard hazard, String sentence, String probe) {

  /** A warning without a query. */
  public Warning(Hazard hazard, String sentence) {
    this(hazard, sentence, "");
  }
}
