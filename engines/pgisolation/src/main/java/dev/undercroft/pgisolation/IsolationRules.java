package dev.undercroft.pgisolation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a project declares about its tenants, beyond what its row policies tell. Tables are named
 * with their schema, {@code public.users}. Immutable.
 *
 * @param shared tables whose rows every tenant may read
 * @param actors the ordinary roles of tenants, and for each the table whose primary key is the
 *     tenant's id; empty for one actor without a role and the table that the policies tell
 * @param values SQL expressions for columns ({@code public.rooms.is_private}) of the rows that are
 *     planted, where the default of the column would make a row public
 * @param accepted findings that are known and wanted, by {@link Finding#key}, with the reason
 * @param policies the row policies that the project's schema declares, as {@code public.users
 *     users_own}; empty when it declares none
 */
public record IsolationRules(
    Set<String> shared,
    Map<String, String> actors,
    Map<String, String> values,
    Map<String, String> accepted,
    Set<String> policies) {

  /** Nothing declared. */
  public static final IsolationRules NONE =
      new IsolationRules(Set.of(), Map.of(), Map.of(), Map.of(), Set.of());

  /** Copies. */
  public IsolationRules {
    shared = Set.copyOf(shared);
    actors = Map.copyOf(actors);
    values = Map.copyOf(values);
    accepted = Map.copyOf(new TreeMap<>(accepted));
    policies = Set.copyOf(new TreeSet<>(policies));
  }

  /** The same, with these declared policies. */
  public IsolationRules withPolicies(Set<String> declared) {
    return new IsolationRules(shared, actors, values, accepted, declared);
  }
}
