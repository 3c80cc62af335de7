package dev.undercroft.postgres;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import java.util.List;
import java.util.Optional;

/**
 * A project's database is there, and so are the ways into it. Immutable.
 *
 * @param target what was wanted
 * @param mode whether the roles are different ones
 * @param done what had to be done, in words; empty when nothing had
 * @param warnings what a person should know
 * @param ways how to connect as which role
 * @param contextKey signs for whom transactions of the application act; empty with a single role,
 *     which could read the key
 */
public record Provisioned(
    ProvisionTarget target,
    ProvisionPlan.Mode mode,
    List<String> done,
    List<Problem> warnings,
    Ways ways,
    Optional<ContextKey> contextKey) {

  /** Copies the lists. */
  public Provisioned {
    done = List.copyOf(done);
    warnings = List.copyOf(warnings);
  }

  /**
   * The addresses of one database, by role. With a single role all are the same.
   *
   * @param migrator for migrations and seeds
   * @param app for requests
   * @param system for background work
   * @param analytics for reading
   * @param backup for backups
   */
  public record Ways(
      PostgresAddress migrator,
      PostgresAddress app,
      PostgresAddress system,
      PostgresAddress analytics,
      PostgresAddress backup) {}
}
