package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;

import dev.undercroft.apps.codepal.db.Routines;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may do in a project. The row policies of the database enforce the same; here it is
 * told in words, and a project that the caller may not see is as unknown as one that does not
 * exist. Pure but for the question to the database.
 */
final class ProjectAccess {

  private ProjectAccess() {}

  /**
   * Demands a permission in a project that is not deleted.
   *
   * @throws ProblemException not found, or forbidden
   */
  static void demand(DSLContext db, Caller caller, String project, Permission permission) {
    if (!permissions(db, caller, project).contains(permission)) {
      throw Problem.of(
              "CODEPAL_FORBIDDEN",
              ProblemKind.FORBIDDEN,
              "this takes the permission " + permission + " in the project")
          .withRemedy("Ask somebody who manages the team of the project.")
          .with("permission", permission)
          .exception();
    }
  }

  /**
   * What the caller may do in a project that is not deleted; nothing, for an administrator of the
   * application who is no member and yet sees it.
   *
   * @throws ProblemException not found
   */
  static Set<Permission> permissions(DSLContext db, Caller caller, String project) {
    var row =
        db.select(Routines.memberPermissions(PROJECT_MEMBERS.ROLE, PROJECT_MEMBERS.PERMISSIONS))
            .from(PROJECTS)
            .leftJoin(PROJECT_MEMBERS)
            .on(PROJECT_MEMBERS.PROJECT_ID.eq(PROJECTS.ID))
            .and(PROJECT_MEMBERS.USER_ID.eq(Callers.id(caller)))
            .where(PROJECTS.ID.eq(project).and(PROJECTS.STATUS.ne("DELETED")))
            .fetchOptional()
            .orElseThrow(() -> unknown().exception());
    return of(row.value1());
  }

  /** The permissions of a column. */
  static Set<Permission> of(String @Nullable [] names) {
    Set<Permission> permissions = EnumSet.noneOf(Permission.class);
    if (names != null) {
      Arrays.stream(names).map(Permission::valueOf).forEach(permissions::add);
    }
    return permissions;
  }

  static Problem unknown() {
    return Problem.of("CODEPAL_PROJECT_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such project")
        .withRemedy("GET /code/projects lists yours.");
  }
}
