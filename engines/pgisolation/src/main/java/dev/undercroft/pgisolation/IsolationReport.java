package dev.undercroft.pgisolation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an intruder could and could not do. Immutable.
 *
 * @param database the database that was verified
 * @param relations tables and views that were attacked with rows of two tenants in them
 * @param unchecked tables that got no row of both tenants, with the reason
 * @param rules how many static rules were asked
 * @param attacks how many statements were tried
 * @param findings what stands open
 * @param accepted what the project declares as wanted, by key with the reason
 * @param planted what the verifier found of the leaks that it planted itself
 * @param took how long it took
 */
public record IsolationReport(
    String database,
    int relations,
    Map<String, String> unchecked,
    int rules,
    int attacks,
    List<Finding> findings,
    Map<String, String> accepted,
    Planted planted,
    Duration took) {

  /** Copies. */
  public IsolationReport {
    unchecked = Map.copyOf(new TreeMap<>(unchecked));
    findings = List.copyOf(findings);
    accepted = Map.copyOf(new TreeMap<>(accepted));
  }

  /** Nothing open, nothing unchecked, and every planted leak found. */
  public boolean isTight() {
    return findings.isEmpty() && unchecked.isEmpty() && planted.missed().isEmpty();
  }

  /**
   * Leaks that were planted in the copy, one at a time.
   *
   * @param leaks how many
   * @param byRules how many the static rules found
   * @param byAttacks how many the statements found
   * @param missed those that were not, in words
   */
  public record Planted(int leaks, int byRules, int byAttacks, List<String> missed) {

    /** None. */
    public static final Planted NONE = new Planted(0, 0, 0, List.of());

    /** Copies. */
    public Planted {
      missed = List.copyOf(missed);
    }

    /** How many were found, one way or the other. */
    public int found() {
      return leaks - missed.size();
    }
  }
}
