package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.AUDIT_LOG;
import static dev.undercroft.apps.simplycaster.db.Tables.GUESTS;
import static dev.undercroft.apps.simplycaster.db.Tables.USERS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import dev.undercroft.apps.simplycaster.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Record2;
import org.jooq.Select;
import org.jspecify.annotations.Nullable;

/** The record of who did what: entries are added, in the transaction of the deed. Thread-safe. */
final class AuditLogs {

  static final int USUAL_LIMIT = 100;
  static final int USUAL_LIMIT_OF_A_USER = 50;
  static final int MOST = 1000;

  private final Data data;

  AuditLogs(Data data) {
    this.data = data;
  }

  /**
   * An entry.
   *
   * @param userId who acted
   * @param userEmail the address of that time, or a guest's name
   * @param userRole the role of that time
   */
  record AuditView(
      UUID id,
      Optional<UUID> userId,
      String userEmail,
      UserRole userRole,
      String action,
      String entityType,
      Optional<UUID> entityId,
      Optional<String> ipAddress,
      Optional<String> userAgent,
      Optional<Map<String, Object>> metadata,
      Instant createdAt) {}

  /**
   * What was done.
   *
   * @param action for example {@code room.created}
   * @param entityType the table, for example {@code rooms}
   * @param entityId which row
   * @param metadata further facts, no secrets
   */
  record Deed(String action, String entityType, Optional<UUID> entityId, Map<String, ?> metadata) {

    /** A deed about one row. */
    static Deed on(String action, String entityType, UUID entityId) {
      return new Deed(action, entityType, Optional.of(entityId), Map.of());
    }

    /** With a further fact. */
    Deed with(String name, Object value) {
      Map<String, Object> more = new java.util.LinkedHashMap<>(metadata);
      more.put(name, value);
      return new Deed(action, entityType, entityId, more);
    }
  }

  /** Where a deed came from, for entries outside an actor's session. */
  record Origin(Optional<String> address, Optional<String> agent) {

    static final Origin NOWHERE = new Origin(Optional.empty(), Optional.empty());
  }

  /**
   * Adds an entry for whom this transaction acts.
   *
   * @throws ProblemException if there is no such user or guest; the deed is then undone, too
   */
  static void note(DSLContext db, Actor actor, Deed deed) {
    Select<Record2<UUID, String>> who =
        actor.isGuest()
            ? select(GUESTS.ID, coalesce(GUESTS.EMAIL, GUESTS.DISPLAY_NAME))
                .from(GUESTS)
                .where(GUESTS.ID.eq(actor.id()))
            : select(USERS.ID, USERS.EMAIL).from(USERS).where(USERS.ID.eq(actor.id()));
    UserRole role = UserRole.lookupLiteral(actor.caller().role().orElse(""));
    if (role == null
        || add(db, who, val(role, AUDIT_LOG.USER_ROLE), origin(actor), deed).isEmpty()) {
      throw unknown(actor.id());
    }
  }

  /**
   * Adds an entry for a user, in a transaction of the application itself.
   *
   * @return the entry's id
   * @throws ProblemException if there is no such user
   */
  static UUID noteUser(DSLContext db, UUID user, Origin origin, Deed deed) {
    var who = db.select(USERS.ROLE).from(USERS).where(USERS.ID.eq(user)).fetchOptional(USERS.ROLE);
    UserRole role = who.orElseThrow(() -> unknown(user));
    Select<Record2<UUID, String>> address =
        select(USERS.ID, USERS.EMAIL).from(USERS).where(USERS.ID.eq(user));
    return add(db, address, val(role, AUDIT_LOG.USER_ROLE), origin, deed).orElseThrow();
  }

  private static Origin origin(Actor actor) {
    return new Origin(actor.address(), actor.agent());
  }

  private static Optional<UUID> add(
      DSLContext db,
      Select<Record2<UUID, String>> who,
      Field<UserRole> role,
      Origin origin,
      Deed deed) {
    var actor = who.asTable("actor", "id", "email");
    @Nullable JSONB facts = deed.metadata().isEmpty() ? null : JsonColumn.of(deed.metadata());
    return db.insertInto(
            AUDIT_LOG,
            AUDIT_LOG.USER_ID,
            AUDIT_LOG.USER_EMAIL,
            AUDIT_LOG.USER_ROLE,
            AUDIT_LOG.ACTION,
            AUDIT_LOG.ENTITY_TYPE,
            AUDIT_LOG.ENTITY_ID,
            AUDIT_LOG.IP_ADDRESS,
            AUDIT_LOG.USER_AGENT,
            AUDIT_LOG.METADATA)
        .select(
            select(
                    actor.field("id", UUID.class),
                    actor.field("email", String.class),
                    role,
                    val(deed.action()),
                    val(deed.entityType()),
                    val(deed.entityId().orElse(null), AUDIT_LOG.ENTITY_ID),
                    val(origin.address().orElse(null), AUDIT_LOG.IP_ADDRESS),
                    val(origin.agent().orElse(null), AUDIT_LOG.USER_AGENT),
                    val(facts, AUDIT_LOG.METADATA))
                .from(actor))
        .returningResult(AUDIT_LOG.ID)
        .fetchOptional(AUDIT_LOG.ID);
  }

  /**
   * Adds an entry of three facts; address and role are those of the user now.
   *
   * @throws ProblemException if there is no such user
   */
  AuditView createAuditLog(UUID userId, String action, String entityType) {
    return createAuditLog(
        userId, Origin.NOWHERE, new Deed(action, entityType, Optional.empty(), Map.of()));
  }

  /**
   * Adds an entry with its context.
   *
   * @throws ProblemException if there is no such user
   */
  AuditView createAuditLog(UUID userId, Origin origin, Deed deed) {
    return data.withSystem(db -> {
      UUID entry = noteUser(db, userId, origin, deed);
      return views(db, AUDIT_LOG.ID.eq(entry), 1).getFirst();
    });
  }

  /** The newest entries first; what the caller may see of them. */
  List<AuditView> getRecentAuditLogs(Caller caller, int limit) {
    return data.readTenant(
        caller.context(), db -> views(db, org.jooq.impl.DSL.noCondition(), limit));
  }

  /** The newest entries of a user first; what the caller may see of them. */
  List<AuditView> getAuditLogsByUserId(Caller caller, UUID user, int limit) {
    return data.readTenant(caller.context(), db -> views(db, AUDIT_LOG.USER_ID.eq(user), limit));
  }

  private static List<AuditView> views(DSLContext db, org.jooq.Condition wanted, int limit) {
    return db.selectFrom(AUDIT_LOG)
        .where(wanted)
        .orderBy(AUDIT_LOG.CREATED_AT.desc(), AUDIT_LOG.ID.desc())
        .limit(limit)
        .fetch(entry ->
            new AuditView(
                entry.getId(),
                Optional.ofNullable(entry.getUserId()),
                entry.getUserEmail(),
                entry.getUserRole(),
                entry.getAction(),
                entry.getEntityType(),
                Optional.ofNullable(entry.getEntityId()),
                Optional.ofNullable(entry.getIpAddress()),
                Optional.ofNullable(entry.getUserAgent()),
                Optional.ofNullable(JsonColumn.object(entry.getMetadata())),
                entry.getCreatedAt()));
  }

  private static ProblemException unknown(UUID user) {
    return Problem.of(
            "SIMPLYCASTER_ACTOR_UNKNOWN", ProblemKind.FORBIDDEN, "there is no user " + user)
        .withRemedy("Sign in as a user who exists.")
        .exception();
  }
}
