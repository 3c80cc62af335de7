package dev.undercroft.pgisolation;

/**
 * One way past the walls between tenants. Immutable.
 *
 * @param rule which rule or attack found it, for example {@code rls-off} or {@code read}
 * @param object what it is about, for example {@code public.users}
 * @param detail what was seen
 * @param remedy what to do
 */
public record Finding(String rule, String object, String detail, String remedy) {

  /** Rule and object; by this a project accepts a finding. */
  public String key() {
    return rule + " " + object;
  }
}
