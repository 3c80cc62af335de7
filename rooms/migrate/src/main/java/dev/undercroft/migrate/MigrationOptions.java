package dev.undercroft.migrate;

import dev.undercroft.base.Identifier;
import java.time.Duration;
import java.util.Optional;

/**
 * How to deploy. Immutable; start from {@link #DEFAULT}.
 *
 * @param late what to do with a pending file whose version is lower than one applied already
 * @param lockTimeout how long one statement may wait for a lock; zero waits without end
 * @param lockAttempts how often a migration that ran into {@code lockTimeout} is tried, at least 1
 * @param statementTimeout how long one statement may run; zero for no limit
 * @param deployerWait how long to wait for another deployer to finish; zero fails at once
 * @param appliedBy who is deploying, as the history shall name them, for example {@code ci@runner}
 * @param owner the role that gets every object a migration makes; empty leaves them with the role
 *     that ran it
 * @param seedPolicies whether forced row policies bind the seeds
 * @param marker what a deploy writes into a database that says nothing of itself; a guard in it
 *     holds for every destructive verb, whatever the database says
 */
public record MigrationOptions(
    LateFiles late,
    Duration lockTimeout,
    int lockAttempts,
    Duration statementTimeout,
    Duration deployerWait,
    String appliedBy,
    Optional<Identifier> owner,
    SeedPolicies seedPolicies,
    DatabaseMarker marker) {

  /** What to do with a pending file of a lower version than one applied already. */
  public enum LateFiles {
    /** Stop before anything is applied, and name the files. */
    REFUSE,
    /** Apply them first, and report them in the plan and the result. */
    APPLY
  }

  /** Whether forced row policies bind the seeds. */
  public enum SeedPolicies {
    /** The role that seeds is not bound by policies, or shall be. */
    KEEP,
    /**
     * The seeding role owns the tables and would be bound: FORCE is lifted in the seed's own
     * transaction and set again before it ends.
     */
    LIFT_FORCE
  }

  /**
   * Late files refused, 5 s for a lock, 5 attempts, no limit for a statement, 60 s for another
   * deployer, unnamed deployer, no owner, policies kept, nothing said of the database.
   */
  public static final MigrationOptions DEFAULT =
      new MigrationOptions(
          LateFiles.REFUSE,
          Duration.ofSeconds(5),
          5,
          Duration.ZERO,
          Duration.ofSeconds(60),
          "",
          Optional.empty(),
          SeedPolicies.KEEP,
          DatabaseMarker.NONE);

  /** Refuses what makes no sense. */
  public MigrationOptions {
    if (lockAttempts < 1) {
      throw new IllegalArgumentException("at least one attempt: " + lockAttempts);
    }
    if (lockTimeout.isNegative() || statementTimeout.isNegative() || deployerWait.isNegative()) {
      throw new IllegalArgumentException("a time limit cannot be negative");
    }
  }

  /** These options with another rule for late files. */
  public MigrationOptions withLate(LateFiles other) {
    return new MigrationOptions(
        other,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        deployerWait,
        appliedBy,
        owner,
        seedPolicies,
        marker);
  }

  /** These options with other limits for locks. */
  public MigrationOptions withLockTimeout(Duration timeout, int attempts) {
    return new MigrationOptions(
        late,
        timeout,
        attempts,
        statementTimeout,
        deployerWait,
        appliedBy,
        owner,
        seedPolicies,
        marker);
  }

  /** These options with another limit for a statement. */
  public MigrationOptions withStatementTimeout(Duration timeout) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        timeout,
        deployerWait,
        appliedBy,
        owner,
        seedPolicies,
        marker);
  }

  /** These options with another patience for other deployers. */
  public MigrationOptions withDeployerWait(Duration wait) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        wait,
        appliedBy,
        owner,
        seedPolicies,
        marker);
  }

  /** These options with the name of who deploys. */
  public MigrationOptions withAppliedBy(String who) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        deployerWait,
        who,
        owner,
        seedPolicies,
        marker);
  }

  /** These options with the role that gets what migrations make. */
  public MigrationOptions withOwner(Identifier role) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        deployerWait,
        appliedBy,
        Optional.of(role),
        seedPolicies,
        marker);
  }

  /** These options with another rule for policies during seeds. */
  public MigrationOptions withSeedPolicies(SeedPolicies policies) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        deployerWait,
        appliedBy,
        owner,
        policies,
        marker);
  }

  /** These options for a database that is used for this. */
  public MigrationOptions withMarker(DatabaseMarker used) {
    return new MigrationOptions(
        late,
        lockTimeout,
        lockAttempts,
        statementTimeout,
        deployerWait,
        appliedBy,
        owner,
        seedPolicies,
        used);
  }
}
