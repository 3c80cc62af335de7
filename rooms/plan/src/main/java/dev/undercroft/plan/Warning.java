package dev.undercroft.plan;

import java.util.Optional;

/**
 * A hazard of a step, said for the case at hand. Immutable.
 *
 * @param hazard which one
 * @param sentence a full sentence that names the object
 * @param probe a query that counts, on the live database before anything is done, the rows it is
 *     about; empty if none. Where the hazard is {@link Hazard#MAY_FAIL}, one such row is enough for
 *     the step to fail
 * @param rows how many there are; empty if nobody counted
 */
public record Warning(Hazard hazard, String sentence, String probe, Optional<Long> rows) {

  /** A warning without a query. */
  public Warning(Hazard hazard, String sentence) {
    this(hazard, sentence, "");
  }

  /** A warning about rows that were not counted yet. */
  public Warning(Hazard hazard, String sentence, String probe) {
    this(hazard, sentence, probe, Optional.empty());
  }

  /** The same warning, where there are so many rows. */
  public Warning counted(long number) {
    return new Warning(hazard, sentence, probe, Optional.of(number));
  }

  /** The sentence, and how many rows it is about if they were counted; on one line. */
  public String told() {
    String line = sentence.replace('\n', ' ');
    return rows.map(number -> line + (number == 1 ? " (1 row)" : " (" + number + " rows)"))
        .orElse(line);
  }
}
