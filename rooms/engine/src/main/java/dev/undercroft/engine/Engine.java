package dev.undercroft.engine;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.EnumSet;
import java.util.Set;

/**
 * One kind of database, as the rooms see it. Immutable.
 *
 * @param name for people, for example {@code PostgreSQL}
 * @param capabilities what it can do of what not every one can
 * @param connecting reaches its databases
 * @param migrating migrates them
 * @param vitals asks them how they are
 */
public record Engine(
    String name,
    Set<Capability> capabilities,
    Connecting connecting,
    Migrating migrating,
    VitalsProbe vitals) {

  /** Copies the set. */
  public Engine {
    Set<Capability> copy = EnumSet.noneOf(Capability.class);
    copy.addAll(capabilities);
    capabilities = Set.copyOf(copy);
  }

  /** Whether it can do this. */
  public boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  /**
   * Does nothing if it can do this.
   *
   * @throws ProblemException {@code ENGINE_CANNOT} if it cannot
   */
  public void require(Capability capability) {
    if (!can(capability)) {
      throw Problem.of(
              "ENGINE_CANNOT", ProblemKind.CONFLICT, name + " has no " + capability.words())
          .withRemedy("Use a kind of database that has it: PostgreSQL.")
          .with("engine", name)
          .with("capability", capability)
          .exception();
    }
  }
}
