package dev.undercroft.plan;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What will be done, in order: a value to read, print, store or refuse. Immutable.
 *
 * @param steps the statements in order; empty when there is nothing to do
 * @param beforeFingerprint of the catalog it was made for; a database that differs is not touched
 * @param afterFingerprint of the catalog that it leads to
 */
public record Plan(List<Step> steps, String beforeFingerprint, String afterFingerprint) {

  /** Copies the steps. */
  public Plan {
    steps = List.copyOf(steps);
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return steps.isEmpty();
  }

  /** All hazards of all steps. */
  public Set<Hazard> hazards() {
    Set<Hazard> all = EnumSet.noneOf(Hazard.class);
    steps.forEach(step -> step.warnings().forEach(warning -> all.add(warning.hazard())));
    return all;
  }

  /** The warnings whose hazards are not among the allowed ones. */
  public List<Warning> notAllowed(Set<Hazard> allowed) {
    return steps.stream()
        .flatMap(step -> step.warnings().stream())
        .filter(warning -> !allowed.contains(warning.hazard()))
        .toList();
  }

  /**
   * The steps as they are run: each inner list is one transaction, except that a step that stands
   * {@link Transaction#OUTSIDE} is alone and without one.
   */
  public List<List<Step>> batches() {
    List<List<Step>> batches = new ArrayList<>();
    List<Step> batch = new ArrayList<>();
    for (Step step : steps) {
      boolean apart =
          step.transaction() == Transaction.OUTSIDE || step.transaction() == Transaction.ALONE;
      if (apart && !batch.isEmpty()) {
        batches.add(List.copyOf(batch));
        batch.clear();
      }
      batch.add(step);
      if (step.transaction() != Transaction.SHARED) {
        batches.add(List.copyOf(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      batches.add(List.copyOf(batch));
    }
    return batches;
  }

  /** The same plan with other words about its steps. */
  public Plan with(UnaryOperator<Step> change) {
    return new Plan(steps.stream().map(change).toList(), beforeFingerprint, afterFingerprint);
  }

  /** The plan as one SQL text; hazards and transaction borders stand in comments. */
  public String sql() {
    StringBuilder text = new StringBuilder();
    for (List<Step> batch : batches()) {
      boolean outside = batch.getFirst().transaction() == Transaction.OUTSIDE;
      text.append(outside ? "-- outside a transaction\n" : "begin;\n");
      for (Step step : batch) {
        for (Warning warning : step.warnings()) {
          text.append("-- ").append(warning.hazard().word()).append(": ");
          text.append(warning.told()).append('\n');
        }
        text.append(step.sql()).append(";\n");
      }
      text.append(outside ? "\n" : "commit;\n\n");
    }
    return text.toString();
  }
}
