package dev.undercroft.migrate;

import dev.undercroft.base.Identifier;
import dev.undercroft.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The rules that statements of a file run under. Immutable.
 *
 * @param lockTimeout how long one statement may wait for a lock; zero waits without end
 * @param statementTimeout how long one statement may run; zero for no limit
 * @param owner the role that gets every object they make
 * @param liftForcedPolicies whether FORCE is lifted from row policies while they run
 * @param foreignKeysOff whether foreign keys are checked only at the end
 * @param settings {@code SET} statements of the file that hold for what runs now
 */
public record RunRules(
    Duration lockTimeout,
    Duration statementTimeout,
    Optional<Identifier> owner,
    boolean liftForcedPolicies,
    boolean foreignKeysOff,
    List<Statement> settings) {

  /** Copies the list. */
  public RunRules {
    settings = List.copyOf(settings);
  }

  /** The same rules, with these settings. */
  public RunRules withSettings(List<Statement> statements) {
    return new RunRules(
        lockTimeout, statementTimeout, owner, liftForcedPolicies, foreignKeysOff, statements);
  }
}
