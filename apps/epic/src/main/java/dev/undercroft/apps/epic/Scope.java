package dev.undercroft.apps.epic;

import dev.undercroft.access.TenantContext;
import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.sdk.Data;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * The rows of one user and no others, whoever asks: every transaction acts for this user as an
 * ordinary one. Thread-safe.
 *
 * @param data the database
 * @param user the user's id
 */
record Scope(Data data, String user) {

  <R> R read(Function<DSLContext, R> work) {
    return data.readTenant(context(), work);
  }

  /** Every statement of the work sees the same state. */
  <R> R snapshot(Function<DSLContext, R> work) {
    return data.snapshotTenant(context(), work);
  }

  <R> R write(Function<DSLContext, R> work) {
    return Wordings.REFUSALS.telling(() -> data.withTenant(context(), work));
  }

  private TenantContext context() {
    return new TenantContext(user, UserRole.USER.getLiteral());
  }
}
