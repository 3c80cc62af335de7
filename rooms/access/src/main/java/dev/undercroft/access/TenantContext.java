package dev.undercroft.access;

/**
 * For whom a transaction acts. Row policies read it through {@code undercroft.tenant()}, {@code
 * undercroft.tenant_uuid()} and {@code undercroft.actor_role()}. Immutable.
 *
 * @param tenant whose rows may be seen, normally the id of a user; not empty
 * @param role what the actor may do in the words of the application, for example {@code admin};
 *     empty for none
 */
public record TenantContext(String tenant, String role) {

  /** Refuses an empty tenant: no context at all is another thing. */
  public TenantContext {
    if (tenant.isEmpty()) {
      throw new IllegalArgumentException("a tenant context names a tenant");
    }
  }

  /** A tenant without a role. */
  public static TenantContext of(String tenant) {
    return new TenantContext(tenant, "");
  }
}
