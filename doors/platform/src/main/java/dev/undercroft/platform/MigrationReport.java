package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the history and the files of each project say.
 *
 * @param projects one entry per project, in the order of the workspace
 */
public record MigrationReport(List<ProjectMigrations> projects) {

  /** Copies the list. */
  public MigrationReport {
    projects = List.copyOf(projects);
  }

  /** Whether every migration of every project is applied and unchanged. */
  public boolean current() {
    return projects.stream().allMatch(ProjectMigrations::current);
  }

  /**
   * The migrations of one project.
   *
   * @param project the project's name
   * @param database the name of its database
   * @param setUp whether the database has a history; without one nothing was ever deployed there
   * @param migrations all that are known from files or history, in order
   * @param problems what stands in the way of a deploy, gravest first; empty when nothing does
   */
  public record ProjectMigrations(
      String project,
      String database,
      boolean setUp,
      List<Entry> migrations,
      List<Problem> problems) {

    /** Copies the lists. */
    public ProjectMigrations {
      migrations = List.copyOf(migrations);
      problems = List.copyOf(problems);
    }

    /** How many are in this state. */
    public long count(State state) {
      return migrations.stream().filter(entry -> entry.state() == state).count();
    }

    /** Whether all are applied and unchanged. */
    public boolean current() {
      return problems.isEmpty() && count(State.APPLIED) == migrations.size();
    }
  }

  /**
   * One migration.
   *
   * @param name its folder or file name
   * @param state how file and history compare
   * @param at when it was applied or failed; empty when pending
   * @param by the database role and host that ran it; empty text when pending
   * @param took how long it ran; empty when pending
   * @param statementsDone how many statements are done
   * @param statements how many statements the file has, or had when it ran
   * @param problem why it failed, or what changed in its file; empty when nothing is wrong
   */
  public record Entry(
      String name,
      State state,
      Optional<Instant> at,
      String by,
      Optional<Duration> took,
      int statementsDone,
      int statements,
      Optional<Problem> problem) {}

  /** How file and history compare. */
  public enum State {
    /** Applied, and the file is the one that ran. */
    APPLIED,
    /** The file is there and has not run. */
    PENDING,
    /** As pending, but a later one is applied already. */
    LATE,
    /** A deployer runs it now, or was killed while it ran. */
    RUNNING,
    /** It broke; later ones are blocked until it is resolved. */
    FAILED,
    /** Applied, but the file has changed since. */
    CHANGED,
    /** Applied, but the file is gone. */
    MISSING
  }
}
