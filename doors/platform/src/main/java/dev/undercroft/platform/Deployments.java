package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the verbs that change a database answer, project by project.
 *
 * @param projects one entry per project, in the order of the workspace
 */
public record Deployments(List<Deployment> projects) {

  /** Copies the list. */
  public Deployments {
    projects = List.copyOf(projects);
  }

  /**
   * What was done in one project.
   *
   * @param project the project's name
   * @param action whether it was done or would be done
   * @param undone migrations undone, in that order
   * @param applied migrations applied, in that order
   * @param alreadyApplied how many were applied before
   * @param seeds seed files run, in that order
   * @param plan the SQL that ran or would run, statement by statement; empty unless a dry run
   * @param warnings what a person should know; in a dry run also what forbids to begin
   * @param took how long it took
   */
  public record Deployment(
      String project,
      MigrateCommand.Action action,
      List<String> undone,
      List<String> applied,
      int alreadyApplied,
      List<String> seeds,
      List<String> plan,
      List<Problem> warnings,
      Duration took) {

    /** Copies the lists. */
    public Deployment {
      undone = List.copyOf(undone);
      applied = List.copyOf(applied);
      seeds = List.copyOf(seeds);
      plan = List.copyOf(plan);
      warnings = List.copyOf(warnings);
    }

    /** The same, with another time. */
    Deployment taking(Duration time) {
      return new Deployment(
          project, action, undone, applied, alreadyApplied, seeds, plan, warnings, time);
    }

    /** The same, with one more thing to know. */
    Deployment warning(Optional<Problem> more) {
      List<Problem> all = new ArrayList<>(warnings);
      more.ifPresent(all::add);
      return new Deployment(
          project, action, undone, applied, alreadyApplied, seeds, plan, all, took);
    }

    /** Whether nothing was left to do. */
    public boolean changedNothing() {
      return undone.isEmpty() && applied.isEmpty() && seeds.isEmpty();
    }
  }
}
