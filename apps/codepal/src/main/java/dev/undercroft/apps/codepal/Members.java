package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.codepal.db.Routines;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Refusals;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Who works on a project. Thread-safe. */
final class Members {

  /** So many members a project has at most. */
  static final int MOST = 200;

  private static final Refusals REFUSALS =
      new Refusals(
          Map.of(
              "project_members_project_user_key",
              Problem.of(
                      "CODEPAL_ALREADY_MEMBER",
                      ProblemKind.CONFLICT,
                      "this account is a member of the project already")
                  .withRemedy("Change the membership instead.")
                  .with("pointer", "/email"),
              "project_members_owner_stays",
              Problem.of(
                      "CODEPAL_OWNER_STAYS",
                      ProblemKind.CONFLICT,
                      "the owner of a project stays its ADMIN")
                  .withRemedy("Delete the project when nobody needs it any more."),
              "project_members_within_own",
              Problem.of(
                      "CODEPAL_BEYOND_OWN",
                      ProblemKind.FORBIDDEN,
                      "nobody gives or takes permissions that they do not have themselves")
                  .withRemedy("Ask the owner of the project.")));

  private final Data data;

  Members(Data data) {
    this.data = data;
  }

  /** What a member is in a project. */
  enum Role {
    /** Reads. */
    VIEWER,
    /** Writes, too. */
    DEVELOPER,
    /** Does everything. */
    ADMIN
  }

  /**
   * Whom to take in.
   *
   * @param permissions a list that replaces the permissions of the role
   */
  record Wanted(String email, Role role, Optional<List<Permission>> permissions) {}

  /**
   * What a member is to be.
   *
   * @param permissions a list that replaces the permissions of the role; those of the role when
   *     absent
   */
  record Change(Role role, Optional<List<Permission>> permissions) {}

  /**
   * A member.
   *
   * @param permissions what the member may do
   */
  record View(
      String userId,
      Optional<String> name,
      Optional<String> email,
      Optional<String> image,
      Role role,
      Set<Permission> permissions,
      Instant joinedAt) {}

  /** Members in the order of their ids. */
  List<View> list(Caller caller, String project, int limit, Optional<String> after) {
    Condition page = after.map(PROJECT_MEMBERS.USER_ID::gt).orElse(DSL.noCondition());
    return data.readTenant(
        caller.context(),
        db -> {
          ProjectAccess.demand(db, caller, project, Permission.READ);
          return views(db, PROJECT_MEMBERS.PROJECT_ID.eq(project).and(page), limit);
        });
  }

  /**
   * Takes somebody in. Only a proved address counts: otherwise whoever registers an address first
   * would be taken for its owner.
   *
   * @throws dev.undercroft.base.ProblemException not found or forbidden; if nobody has this
   *     address, or is a member already; if the permissions are more than the caller's own
   */
  View addTeamMember(Caller caller, String project, Wanted wanted) {
    // Asked before the address is looked for: who may not add anybody learns nothing of accounts.
    data.useTenant(
        caller.context(), db -> ProjectAccess.demand(db, caller, project, Permission.MANAGE_TEAM));
    String user = userAt(Addresses.normal(wanted.email()));
    return REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              Turn.take(db, "codepal.members", project);
              ProjectAccess.demand(db, caller, project, Permission.MANAGE_TEAM);
              int had = db.fetchCount(PROJECT_MEMBERS, PROJECT_MEMBERS.PROJECT_ID.eq(project));
              Quotas.demand("members", had, MOST, "Remove one who works on it no more.");
              db.insertInto(PROJECT_MEMBERS)
                  .set(PROJECT_MEMBERS.PROJECT_ID, project)
                  .set(PROJECT_MEMBERS.USER_ID, user)
                  .set(PROJECT_MEMBERS.ROLE, wanted.role().name())
                  .set(PROJECT_MEMBERS.PERMISSIONS, column(wanted.permissions()))
                  .execute();
              return one(db, project, user);
            }));
  }

  /**
   * Changes what a member is.
   *
   * @throws dev.undercroft.base.ProblemException not found or forbidden; if it is the owner; if the
   *     permissions, before or after, are more than the caller's own
   */
  View changeTeamMember(Caller caller, String project, String user, Change change) {
    return REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              ProjectAccess.demand(db, caller, project, Permission.MANAGE_TEAM);
              db.update(PROJECT_MEMBERS)
                  .set(PROJECT_MEMBERS.ROLE, change.role().name())
                  .set(PROJECT_MEMBERS.PERMISSIONS, column(change.permissions()))
                  .where(membership(project, user))
                  .execute();
              return one(db, project, user);
            }));
  }

  /**
   * Ends a membership: the own one, or, for who manages the team, another's; never the owner's.
   *
   * @throws dev.undercroft.base.ProblemException not found or forbidden; if it is the owner; if the
   *     member has more permissions than the caller
   */
  void removeTeamMember(Caller caller, String project, String user) {
    boolean own = user.equals(Callers.id(caller));
    REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              ProjectAccess.demand(
                  db, caller, project, own ? Permission.READ : Permission.MANAGE_TEAM);
              int ended = db.deleteFrom(PROJECT_MEMBERS).where(membership(project, user)).execute();
              if (ended == 0) {
                throw unknown().exception();
              }
              return ended;
            }));
  }

  static Problem unknown() {
    return Problem.of("CODEPAL_MEMBER_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such member")
        .withRemedy("GET the members of the project.");
  }

  private String userAt(String email) {
    Optional<String> user =
        Addresses.wrong(email).isPresent()
            ? Optional.empty()
            : data.readSystem(db ->
                db.select(USERS.ID)
                    .from(USERS)
                    .where(lower(USERS.EMAIL).eq(email).and(USERS.EMAIL_VERIFIED.isNotNull()))
                    .fetchOptional(USERS.ID));
    return user.orElseThrow(() ->
        Problem.of(
                "CODEPAL_NOBODY_AT_ADDRESS",
                ProblemKind.NOT_FOUND,
                "nobody has an account with this address and has proved it")
            .withRemedy("Ask them to register and to prove the address.")
            .with("pointer", "/email")
            .exception());
  }

  private static @Nullable JSONB column(Optional<List<Permission>> permissions) {
    return permissions
        .map(list ->
            list.stream()
                .distinct()
                .map(one -> '"' + one.name() + '"')
                .collect(Collectors.joining(",", "[", "]")))
        .map(JSONB::valueOf)
        .orElse(null);
  }

  private static Condition membership(String project, String user) {
    return PROJECT_MEMBERS.PROJECT_ID.eq(project).and(PROJECT_MEMBERS.USER_ID.eq(user));
  }

  private static View one(DSLContext db, String project, String user) {
    return views(db, membership(project, user), 1).stream()
        .findFirst()
        .orElseThrow(() -> unknown().exception());
  }

  private static List<View> views(DSLContext db, Condition which, int limit) {
    return db.select(
            PROJECT_MEMBERS.USER_ID,
            USERS.NAME,
            USERS.EMAIL,
            USERS.IMAGE,
            PROJECT_MEMBERS.ROLE,
            Routines.memberPermissions(PROJECT_MEMBERS.ROLE, PROJECT_MEMBERS.PERMISSIONS),
            PROJECT_MEMBERS.JOINED_AT)
        .from(PROJECT_MEMBERS)
        .leftJoin(USERS)
        .on(USERS.ID.eq(PROJECT_MEMBERS.USER_ID))
        .where(which)
        .orderBy(PROJECT_MEMBERS.USER_ID)
        .limit(limit)
        .fetch(row -> {
          @Nullable String name = row.value2();
          @Nullable String email = row.value3();
          @Nullable String image = row.value4();
          return new View(
              row.value1(),
              Optional.ofNullable(name),
              Optional.ofNullable(email),
              Optional.ofNullable(image),
              Role.valueOf(row.value5()),
              ProjectAccess.of(row.value6()),
              row.value7());
        });
  }
}
