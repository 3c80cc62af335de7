package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each role may do. What is not said is forbidden. Immutable.
 *
 * @param <R> the application's roles
 * @param <P> the application's permissions
 */
public final class Permissions<R extends Enum<R>, P extends Enum<P>> {

  private final Class<R> roles;
  private final Map<R, Set<P>> allowed;

  private Permissions(Class<R> roles, Map<R, Set<P>> allowed) {
    this.roles = roles;
    this.allowed = allowed;
  }

  /** Nothing is allowed to anybody yet. */
  public static <R extends Enum<R>, P extends Enum<P>> Permissions<R, P> none(Class<R> roles) {
    return new Permissions<>(roles, new EnumMap<>(roles));
  }

  /** With these allowed to a role, too. */
  public Permissions<R, P> with(R role, Set<P> permissions) {
    Map<R, Set<P>> more = new EnumMap<>(roles);
    more.putAll(allowed);
    Set<P> all = new HashSet<>(allowed.getOrDefault(role, Set.of()));
    all.addAll(permissions);
    more.put(role, Set.copyOf(all));
    return new Permissions<>(roles, more);
  }

  /** Whether a role may. */
  public boolean allows(R role, P permission) {
    return allowed.getOrDefault(role, Set.of()).contains(permission);
  }

  /**
   * Refuses a role that may not.
   *
   * @throws ProblemException {@code IDENTITY_FORBIDDEN}
   */
  public void demand(R role, P permission) {
    if (!allows(role, permission)) {
      throw Problem.of(
              "IDENTITY_FORBIDDEN",
              ProblemKind.FORBIDDEN,
              "the role " + role + " lacks the permission " + permission)
          .withRemedy("Ask somebody who may, or to be given a role that may.")
          .with("permission", permission)
          .exception();
    }
  }

  /** The role of this name, as stored; empty for one that does not exist. */
  public Optional<R> role(String name) {
    return Arrays.stream(roles.getEnumConstants())
        .filter(role -> role.name().equals(name))
        .findFirst();
  }
}
