package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.PROJECTS;
import static dev.undercroft.apps.codepal.db.Tables.PROJECT_MEMBERS;
import static dev.undercroft.apps.codepal.db.Tables.SESSIONS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SelectWhereStep;
import org.jspecify.annotations.Nullable;

/** What people are told about themselves, and change. Thread-safe. */
final class Profiles {

  private static final int LONGEST_IMAGE = 2048;

  private final Data data;

  Profiles(Data data) {
    this.data = data;
  }

  /** An account, without its password. */
  record Profile(
      String id,
      Optional<String> name,
      Optional<String> email,
      Optional<Instant> emailVerified,
      Optional<String> image,
      String role,
      Instant createdAt,
      Instant updatedAt) {}

  /** What is to change; what is absent stays. */
  record Change(Optional<String> name, Optional<String> image) {}

  /**
   * The caller's account.
   *
   * @throws dev.undercroft.base.ProblemException not found, if it has been deleted meanwhile
   */
  Profile me(Caller caller) {
    String id = Callers.id(caller);
    return data.readTenant(
            caller.context(),
            db -> select(db).where(USERS.ID.eq(id)).fetchOptional(Profiles::profile))
        .orElseThrow(() -> unknown().exception());
  }

  /**
   * Changes name and picture.
   *
   * @throws dev.undercroft.base.ProblemException with everything that is wrong
   */
  Profile change(Caller caller, Change change) {
    List<Problem> problems = new ArrayList<>();
    change.name().flatMap(Addresses::wrongName).ifPresent(problems::add);
    change.image().flatMap(Profiles::wrongImage).ifPresent(problems::add);
    Texts.refuse(problems);
    Map<Field<?>, Object> columns = new LinkedHashMap<>();
    change.name().ifPresent(name -> columns.put(USERS.NAME, name.strip()));
    change.image().ifPresent(image -> columns.put(USERS.IMAGE, image));
    if (!columns.isEmpty()) {
      data.useTenant(
          caller.context(),
          db -> db.update(USERS).set(columns).where(USERS.ID.eq(Callers.id(caller))).execute());
    }
    return me(caller);
  }

  /**
   * Gives the caller another address, which is not proved yet.
   *
   * @throws dev.undercroft.base.ProblemException if it is no address, or taken
   */
  Profile changeAddress(Caller caller, String typed) {
    String email = Addresses.normal(typed);
    Addresses.wrong(email)
        .ifPresent(problem -> {
          throw problem.exception();
        });
    Registration.REFUSALS.telling(() ->
        data.withTenant(
            caller.context(),
            db -> {
              LiveSessions.demandStill(db, caller);
              return db.update(USERS)
                  .set(USERS.EMAIL, email)
                  .where(USERS.ID.eq(Callers.id(caller)))
                  .execute();
            }));
    return me(caller);
  }

  /** Sets the caller's password and ends all of the caller's sessions, both or none. */
  void changePassword(Caller caller, String hash) {
    String id = Callers.id(caller);
    data.useTenant(
        caller.context(),
        db -> {
          LiveSessions.demandStill(db, caller);
          db.update(USERS).set(USERS.HASHED_PASSWORD, hash).where(USERS.ID.eq(id)).execute();
          db.deleteFrom(SESSIONS).where(SESSIONS.USER_ID.eq(id)).execute();
        });
  }

  /** Ends all of the caller's sessions. */
  void endSessions(Caller caller) {
    data.useTenant(
        caller.context(),
        db -> db.deleteFrom(SESSIONS).where(SESSIONS.USER_ID.eq(Callers.id(caller))).execute());
  }

  /**
   * Deletes the caller's account with all that belongs to it alone.
   *
   * @throws dev.undercroft.base.ProblemException if others work on a project of the caller, whose
   *     work would go, too
   */
  void erase(Caller caller) {
    String id = Callers.id(caller);
    data.useTenant(
        caller.context(),
        db -> {
          LiveSessions.demandStill(db, caller);
          var others =
              exists(
                  selectOne()
                      .from(PROJECT_MEMBERS)
                      .where(PROJECT_MEMBERS.PROJECT_ID.eq(PROJECTS.ID))
                      .and(PROJECT_MEMBERS.USER_ID.ne(id)));
          if (db.fetchExists(
              PROJECTS, PROJECTS.OWNER_ID.eq(id).and(PROJECTS.STATUS.ne("DELETED")).and(others))) {
            throw Problem.of(
                    "CODEPAL_PROJECTS_SHARED",
                    ProblemKind.CONFLICT,
                    "others work on projects of this account")
                .withRemedy("Delete these projects, or remove their other members, first.")
                .exception();
          }
          db.deleteFrom(USERS).where(USERS.ID.eq(id)).execute();
        });
  }

  static Problem unknown() {
    return Problem.of("CODEPAL_USER_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such account")
        .withRemedy("Check the id, or register.");
  }

  /** Accounts, with what {@link #profile} reads. */
  static SelectWhereStep<?> select(DSLContext db) {
    return db.select(
            USERS.ID,
            USERS.NAME,
            USERS.EMAIL,
            USERS.EMAIL_VERIFIED,
            USERS.IMAGE,
            USERS.ROLE,
            USERS.CREATED_AT,
            USERS.UPDATED_AT)
        .from(USERS);
  }

  /** An account of a row of {@link #select}. */
  static Profile profile(org.jooq.Record row) {
    @Nullable String name = row.get(USERS.NAME);
    @Nullable String email = row.get(USERS.EMAIL);
    @Nullable Instant verified = row.get(USERS.EMAIL_VERIFIED);
    @Nullable String image = row.get(USERS.IMAGE);
    return new Profile(
        row.get(USERS.ID),
        Optional.ofNullable(name),
        Optional.ofNullable(email),
        Optional.ofNullable(verified),
        Optional.ofNullable(image),
        row.get(USERS.ROLE),
        row.get(USERS.CREATED_AT),
        row.get(USERS.UPDATED_AT));
  }

  private static Optional<Problem> wrongImage(String image) {
    boolean good;
    try {
      URI address = URI.create(image);
      good =
          "https".equals(address.getScheme())
              && address.getHost() != null
              && address.getUserInfo() == null
              && image.length() <= LONGEST_IMAGE;
    } catch (IllegalArgumentException noAddress) {
      good = false;
    }
    return good
        ? Optional.empty()
        : Optional.of(
            Problem.of("CODEPAL_IMAGE", ProblemKind.INPUT, "this is no address of a picture")
                .withRemedy("Write an address that begins with https://.")
                .with("pointer", "/image"));
  }
}
