package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** Accounts of hosts and administrators, without what belongs to their passwords. Thread-safe. */
final class Users {

  static final int MOST = 1000;

  private final Data data;

  Users(Data data) {
    this.data = data;
  }

  /** An account, as an administrator and its owner see it. Immutable. */
  record UserView(
      UUID id,
      String email,
      UserRole role,
      boolean isActive,
      boolean emailVerified,
      Optional<Instant> lockedUntil,
      Optional<Instant> lastLoginAt,
      Instant createdAt,
      Optional<UUID> createdBy,
      Instant updatedAt) {}

  /** What an administrator changes of an account. */
  record Change(Optional<UserRole> role, Optional<Boolean> isActive) {}

  /** The user, if the caller may see it and it is not deleted. */
  Optional<UserView> getUserById(Caller caller, UUID id) {
    return data.readTenant(
        caller.context(), db -> views(db, USERS.ID.eq(id), 1).stream().findFirst());
  }

  /**
   * The user with this address in whatever case, if the caller may see it and it is not deleted.
   */
  Optional<UserView> getUserByEmail(Caller caller, String email) {
    String wanted = email.strip().toLowerCase(Locale.ROOT);
    return data.readTenant(
        caller.context(), db -> views(db, lower(USERS.EMAIL).eq(wanted), 1).stream().findFirst());
  }

  /** All users that the caller may see and that are not deleted, oldest first. */
  List<UserView> getAllUsers(Caller caller) {
    return data.readTenant(
        caller.context(), db -> views(db, org.jooq.impl.DSL.noCondition(), MOST));
  }

  /**
   * Users whose address contains a text, in whatever case, for administrators. Asked as the
   * application itself, after the check here: row policies would keep the index from the search.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator
   */
  List<UserView> search(Actor actor, String text) {
    actor.demandAdmin();
    Texts texts = new Texts();
    String wanted = texts.line("email", text, 100);
    texts.demand();
    return data.readSystem(db -> views(db, USERS.EMAIL.containsIgnoreCase(wanted), 50));
  }

  /**
   * Changes role or activation. Whoever stops being an active administrator takes their pending
   * invitations along.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator, or would lock
   *     themselves out
   */
  UserView change(Actor actor, UUID user, Change change) {
    actor.demandAdmin();
    Texts texts = new Texts();
    if (change.role().filter(UserRole.guest::equals).isPresent()) {
      texts.add("role", "is guest", "Accounts are host or admin.");
    }
    if (change.role().isEmpty() && change.isActive().isEmpty()) {
      texts.add("role", "and isActive are both absent", "Give at least one of them.");
    }
    texts.demand();
    demandOther(actor, user);
    return data.withTenant(
        actor.context(),
        db -> {
          demandStillAdmin(db, actor);
          var update = db.updateQuery(USERS);
          change.role().ifPresent(role -> update.addValue(USERS.ROLE, role));
          change.isActive().ifPresent(active -> update.addValue(USERS.IS_ACTIVE, active));
          update.addConditions(USERS.ID.eq(user), USERS.DELETED_AT.isNull());
          if (update.execute() == 0) {
            throw Wordings.unknown("user", user).exception();
          }
          if (change.isActive().filter(active -> !active).isPresent()
              || change.role().filter(UserRole.host::equals).isPresent()) {
            Invitations.revokeOf(db, user);
          }
          Deed deed = Deed.on("user.changed", "users", user);
          if (change.role().isPresent()) {
            deed = deed.with("role", change.role().get().getLiteral());
          }
          if (change.isActive().isPresent()) {
            deed = deed.with("isActive", change.isActive().get());
          }
          AuditLogs.note(db, actor, deed);
          return views(db, USERS.ID.eq(user), 1).getFirst();
        });
  }

  /**
   * Deletes softly: no service shows the user any more, the row stays, the address is free. The
   * user's open rooms close, invitations by the user are taken back.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator, or it is
   *     themselves
   */
  void delete(Actor actor, UUID user) {
    actor.demandAdmin();
    demandOther(actor, user);
    data.useTenant(
        actor.context(),
        db -> {
          demandStillAdmin(db, actor);
          int deleted =
              db.update(USERS)
                  .set(USERS.DELETED_AT, currentInstant())
                  .set(USERS.IS_ACTIVE, false)
                  .where(USERS.ID.eq(user).and(USERS.DELETED_AT.isNull()))
                  .execute();
          if (deleted == 0) {
            throw Wordings.unknown("user", user).exception();
          }
          Invitations.revokeOf(db, user);
          Rooms.closeAllOf(db, actor, user);
          AuditLogs.note(db, actor, Deed.on("user.deleted", "users", user));
        });
  }

  /**
   * Two administrators who remove each other at the same moment would leave nobody: they take
   * turns, and the second is none any more.
   */
  private static void demandStillAdmin(DSLContext db, Actor actor) {
    Turn.take(db, "simplycaster.admins");
    Condition admin = USERS.ROLE.eq(UserRole.admin).and(USERS.IS_ACTIVE);
    if (views(db, USERS.ID.eq(actor.id()).and(admin), 1).isEmpty()) {
      throw Problem.of(
              "SIMPLYCASTER_FORBIDDEN", ProblemKind.FORBIDDEN, "you are no administrator any more")
          .withRemedy("Ask an administrator.")
          .exception();
    }
  }

  private static void demandOther(Actor actor, UUID user) {
    if (actor.id().equals(user)) {
      throw Wordings.state(
              "OWN_ACCOUNT", "nobody does this to their own account", "Ask another administrator.")
          .exception();
    }
  }

  static List<UserView> views(DSLContext db, Condition wanted, int limit) {
    return db.select(
            USERS.ID,
            USERS.EMAIL,
            USERS.ROLE,
            USERS.IS_ACTIVE,
            USERS.EMAIL_VERIFIED,
            USERS.LOCKED_UNTIL.convertFrom(Optional::ofNullable),
            USERS.LAST_LOGIN_AT.convertFrom(Optional::ofNullable),
            USERS.CREATED_AT,
            USERS.CREATED_BY.convertFrom(Optional::ofNullable),
            USERS.UPDATED_AT)
        .from(USERS)
        .where(USERS.DELETED_AT.isNull().and(wanted))
        .orderBy(USERS.CREATED_AT, USERS.ID)
        .limit(limit)
        .fetch(org.jooq.Records.mapping(UserView::new));
  }
}
