package dev.undercroft.migrate;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.migrate.MigrationDialect.Feature;

/** Refuses what a database cannot do. */
final class Unsupported {

  private Unsupported() {}

  static Problem problem(MigrationDialect dialect, String what) {
    return Problem.of(
        "MIGRATE_NOT_SUPPORTED", ProblemKind.INPUT, dialect.target() + " cannot do this: " + what);
  }

  /** Refuses options that this database cannot obey. */
  static void check(MigrationDialect dialect, MigrationOptions options) {
    if (options.owner().isPresent() && !dialect.supports(Feature.OBJECT_OWNER)) {
      throw refused(dialect, "objects that belong to a role", "Deploy without an owner.");
    }
    if (!options.statementTimeout().isZero() && !dialect.supports(Feature.STATEMENT_TIMEOUT)) {
      throw refused(dialect, "a limit for a statement's time", "Set no statement timeout.");
    }
    if (options.seedPolicies() == MigrationOptions.SeedPolicies.LIFT_FORCE
        && !dialect.supports(Feature.FORCED_POLICIES)) {
      throw refused(dialect, "row policies", "Seed without lifting row policies.");
    }
  }

  private static ProblemException refused(MigrationDialect dialect, String what, String remedy) {
    return problem(dialect, what).withRemedy(remedy).exception();
  }
}
