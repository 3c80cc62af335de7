package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.PROJECTS;
import static dev.undercroft.apps.epic.db.Tables.USERS;
import static org.jooq.impl.DSL.noCondition;

import dev.undercroft.apps.epic.db.Routines;
import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.apps.epic.db.routines.RecordAdminRead;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** What administrators do with the rows of all users; every look is recorded. Thread-safe. */
final class Administration {

  private final Data data;
  private final DatabaseService database;

  Administration(Data data, DatabaseService database) {
    this.data = data;
    this.database = database;
  }

  /** A user in a list. */
  record Listed(String id, String email, Optional<String> name, UserRole role, Instant createdAt) {}

  /** A user with what belongs to the account. */
  record Detail(
      Users.Profile profile,
      DatabaseService.ResourceCounts counts,
      List<DeletedProject> deletedProjects) {}

  /** A project in a list of all users' projects. */
  record ListedProject(
      String id,
      String userId,
      String title,
      ProjectStatus status,
      Instant createdAt,
      Optional<Instant> deletedAt) {}

  /** A project that can be restored. */
  record DeletedProject(String id, String title, Instant deletedAt) {}

  /**
   * All users that are not deleted, newest first.
   *
   * @throws ProblemException forbidden for all but administrators
   */
  Page<Listed> users(Caller caller, Page.Asked asked, Optional<UserRole> role) {
    Callers.demandAdmin(caller);
    Condition wanted =
        USERS.DELETED_AT.isNull().and(role.map(USERS.ROLE::eq).orElse(noCondition()));
    return data.withTenant(
        caller.context(),
        db -> {
          look(db, "users");
          return Page.of(
              db.select(USERS.ID, USERS.EMAIL, USERS.NAME, USERS.ROLE, USERS.CREATED_AT)
                  .from(USERS)
                  .where(wanted)
                  .orderBy(USERS.CREATED_AT.desc(), USERS.ID)
                  .limit(asked.limit())
                  .offset(asked.offset())
                  .fetch(row ->
                      new Listed(
                          row.value1(),
                          row.value2(),
                          Optional.ofNullable(row.value3()),
                          row.value4(),
                          row.value5())),
              asked,
              db.fetchCount(USERS, wanted));
        });
  }

  /**
   * One user.
   *
   * @throws ProblemException forbidden for all but administrators
   */
  Detail user(Caller caller, String user) {
    Callers.demandAdmin(caller);
    return data.withTenant(
        caller.context(),
        db -> {
          Routines.recordAdminRead(db.configuration(), "users", user);
          return new Detail(
              Users.profile(db, user), database.counts(db, user), deletedProjects(db, user));
        });
  }

  /**
   * Projects of all users, newest first.
   *
   * @param user only those of this user
   * @param deleted only those that are deleted, or that are not
   * @throws ProblemException forbidden for all but administrators
   */
  Page<ListedProject> projects(
      Caller caller, Page.Asked asked, Optional<String> user, Optional<Boolean> deleted) {
    Callers.demandAdmin(caller);
    Condition wanted =
        user.map(PROJECTS.USER_ID::eq)
            .orElse(noCondition())
            .and(
                deleted
                    .map(
                        yes -> yes ? PROJECTS.DELETED_AT.isNotNull() : PROJECTS.DELETED_AT.isNull())
                    .orElse(noCondition()));
    return data.withTenant(
        caller.context(),
        db -> {
          look(db, "projects");
          return Page.of(
              db.select(
                      PROJECTS.ID,
                      PROJECTS.USER_ID,
                      PROJECTS.TITLE,
                      PROJECTS.STATUS,
                      PROJECTS.CREATED_AT,
                      PROJECTS.DELETED_AT)
                  .from(PROJECTS)
                  .where(wanted)
                  .orderBy(PROJECTS.CREATED_AT.desc(), PROJECTS.ID)
                  .limit(asked.limit())
                  .offset(asked.offset())
                  .fetch(row ->
                      new ListedProject(
                          row.value1(),
                          row.value2(),
                          row.value3(),
                          row.value4(),
                          row.value5(),
                          Optional.ofNullable(row.value6()))),
              asked,
              db.fetchCount(PROJECTS, wanted));
        });
  }

  /** Records a look at many rows. */
  private static void look(DSLContext db, String entity) {
    RecordAdminRead read = new RecordAdminRead();
    read.setEntity(entity);
    read.execute(db.configuration());
  }

  private static List<DeletedProject> deletedProjects(DSLContext db, String user) {
    return db.select(PROJECTS.ID, PROJECTS.TITLE, PROJECTS.DELETED_AT)
        .from(PROJECTS)
        .where(PROJECTS.USER_ID.eq(user).and(PROJECTS.DELETED_AT.isNotNull()))
        .orderBy(PROJECTS.DELETED_AT.desc())
        .limit(Page.MOST)
        .fetch(row -> new DeletedProject(row.value1(), row.value2(), row.value3()));
  }

  /**
   * Gives a user another role.
   *
   * @throws ProblemException forbidden for all but administrators, and for one's own role
   */
  Users.Profile setRole(Caller caller, String user, UserRole role) {
    Callers.demandAdmin(caller);
    if (user.equals(Callers.id(caller))) {
      throw Problem.of("EPIC_OWN_ROLE", ProblemKind.CONFLICT, "nobody changes the own role")
          .withRemedy("Ask another administrator.")
          .exception();
    }
    return data.withTenant(
        caller.context(),
        db -> {
          db.update(USERS).set(USERS.ROLE, role).where(USERS.ID.eq(user)).execute();
          return Users.profile(db, user);
        });
  }

  /**
   * Brings a deleted project back.
   *
   * @throws ProblemException forbidden for all but administrators; not found, if it was purged
   */
  void restore(Caller caller, String project) {
    Callers.demandAdmin(caller);
    data.useTenant(
        caller.context(),
        db -> {
          int restored =
              db.update(PROJECTS)
                  .setNull(PROJECTS.DELETED_AT)
                  .where(PROJECTS.ID.eq(project).and(PROJECTS.DELETED_AT.isNotNull()))
                  .execute();
          if (restored == 0) {
            throw Unknown.row("deleted project", project);
          }
        });
  }
}
