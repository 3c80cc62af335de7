package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.USERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** Accounts, for administrators. Thread-safe. */
final class Administration {

  private final Data data;

  Administration(Data data) {
    this.data = data;
  }

  /**
   * Accounts in the order of their ids.
   *
   * @param after continue after this id
   * @throws dev.undercroft.base.ProblemException forbidden
   */
  List<Profiles.Profile> users(Caller caller, int limit, Optional<String> after) {
    Callers.demandAdmin(caller);
    Condition where = after.map(USERS.ID::gt).orElse(DSL.noCondition());
    return data.readTenant(
        caller.context(),
        db ->
            Profiles.select(db)
                .where(where)
                .orderBy(USERS.ID)
                .limit(limit)
                .fetch(Profiles::profile));
  }

  /**
   * Gives an account another role.
   *
   * @throws dev.undercroft.base.ProblemException forbidden; or if there is no such account, or it
   *     is the caller's own, so that there is always an administrator left
   */
  void setRole(Caller caller, String user, Callers.Role role) {
    Callers.demandAdmin(caller);
    if (user.equals(Callers.id(caller))) {
      throw Problem.of("CODEPAL_OWN_ROLE", ProblemKind.CONFLICT, "nobody changes the own role")
          .withRemedy("Ask another administrator.")
          .exception();
    }
    int changed =
        data.withTenant(
            caller.context(),
            db -> db.update(USERS).set(USERS.ROLE, role.word()).where(USERS.ID.eq(user)).execute());
    if (changed == 0) {
      throw Profiles.unknown().exception();
    }
  }
}
