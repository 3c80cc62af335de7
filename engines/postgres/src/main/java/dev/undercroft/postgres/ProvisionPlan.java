package dev.undercroft.postgres;

import dev.undercroft.base.Problem;
import java.util.List;

/**
 * What must be done so that a project has its database and its roles. Immutable.
 *
 * @param mode whether the project gets roles of its own
 * @param steps what is missing, in order; empty when nothing is
 * @param warnings what a person should know, for example what cannot hold with a single role
 */
public record ProvisionPlan(Mode mode, List<ProvisionStep> steps, List<Problem> warnings) {

  /** Whether a project gets roles of its own. */
  public enum Mode {
    /** It does. */
    OWN_ROLES,
    /** The administrator's role may not make others: everything runs as that one. */
    SINGLE_ROLE
  }

  /** Copies the lists. */
  public ProvisionPlan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }
}
