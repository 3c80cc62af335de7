package dev.undercroft.postgres;

import dev.undercroft.base.Identifier;
import java.util.List;
import java.util.Optional;

/**
 * One step towards a provisioned database. Running it twice does no harm. Immutable.
 *
 * @param summary what it does, a few words
 * @param place where its statements run
 * @param sql the statements; a password never stands in them
 * @param passwordOf the role that gets its kept password, if the step is that
 * @param setsContextKey whether the step stores the key that contexts are signed with
 */
public record ProvisionStep(
    String summary,
    Place place,
    List<String> sql,
    Optional<Identifier> passwordOf,
    boolean setsContextKey) {

  /** Where statements run. */
  public enum Place {
    /** In any database of the cluster, in one transaction. */
    CLUSTER,
    /** In any database of the cluster, outside of transactions. */
    CLUSTER_ALONE,
    /** In the project's database, in one transaction. */
    DATABASE
  }

  /** Copies the list. */
  public ProvisionStep {
    sql = List.copyOf(sql);
  }

  static ProvisionStep inCluster(String summary, List<String> sql) {
    return new ProvisionStep(summary, Place.CLUSTER, sql, Optional.empty(), false);
  }

  static ProvisionStep alone(String summary, String sql) {
    return new ProvisionStep(summary, Place.CLUSTER_ALONE, List.of(sql), Optional.empty(), false);
  }

  static ProvisionStep inDatabase(String summary, List<String> sql) {
    return new ProvisionStep(summary, Place.DATABASE, sql, Optional.empty(), false);
  }

  static ProvisionStep password(Identifier role) {
    return new ProvisionStep(
        "password of " + role, Place.CLUSTER, List.of(), Optional.of(role), false);
  }

  static ProvisionStep contextKey() {
    return new ProvisionStep(
        "key that signs tenants", Place.DATABASE, List.of(), Optional.empty(), true);
  }
}
