package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.USERS;
import static dev.undercroft.apps.simplycaster.db.Tables.USER_INVITATIONS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.AuditLogs.Origin;
import dev.undercroft.apps.simplycaster.Users.UserView;
import dev.undercroft.apps.simplycaster.db.enums.InvitationStatus;
import dev.undercroft.apps.simplycaster.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.OpaqueToken;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Records;

/** Invitations to become host or administrator, and the set-up that follows. Thread-safe. */
final class Invitations {

  static final Duration LASTING = Duration.ofDays(7);
  static final int MOST_LISTED = 500;

  private final Data data;
  private final Secrets secrets;
  private final Letters letters;
  private final InstantSource clock;

  Invitations(Data data, Secrets secrets, Letters letters, InstantSource clock) {
    this.data = data;
    this.secrets = secrets;
    this.letters = letters;
    this.clock = clock;
  }

  /**
   * Letters with links.
   *
   * @param outbox takes them
   * @param baseUrl where links lead, without a slash at its end
   */
  record Letters(Outbox outbox, String baseUrl) {}

  /** An invitation, without the token. Immutable. */
  record InvitationView(
      UUID id,
      String email,
      UserRole role,
      InvitationStatus status,
      UUID invitedBy,
      Instant expiresAt,
      Instant createdAt) {}

  /** Whom to invite as what. */
  record Wanted(String email, UserRole role) {}

  /** An invitation and the link to set up the account, which is shown this once. */
  record Invited(InvitationView invitation, String link) {}

  /** What completes the set-up. */
  record SetUp(String token, String password, String passwordAgain) {}

  /**
   * Invites, and writes to the invited.
   *
   * @throws ProblemException if the caller is no administrator, or the address is a user's or
   *     invited already
   */
  Invited invite(Actor actor, Wanted wanted) {
    actor.demandAdmin();
    Texts texts = new Texts();
    String email = texts.email("email", wanted.email());
    if (wanted.role() == UserRole.guest) {
      texts.add("role", "is guest", "Invite a host or an admin.");
    }
    texts.demand();
    OpaqueToken token = OpaqueToken.lasting(LASTING, clock.instant());
    InvitationView invitation =
        Wordings.REFUSALS.telling(
            () -> data.withTenant(actor.context(), db -> insert(db, actor, email, wanted, token)));
    String link = letters.baseUrl() + "/host-setup?token=" + token.secret().reveal();
    letters
        .outbox()
        .send(
            new Outbox.Letter(
                email,
                "You are invited to SimplyCaster",
                "Set up your account within 7 days:\n\n" + link + "\n"));
    return new Invited(invitation, link);
  }

  private static InvitationView insert(
      DSLContext db, Actor actor, String email, Wanted wanted, OpaqueToken token) {
    if (db.fetchExists(USERS, lower(USERS.EMAIL).eq(email).and(USERS.DELETED_AT.isNull()))) {
      throw Wordings.state("USER_EXISTS", "there is a user with this address", "Sign in instead.")
          .exception();
    }
    UUID id =
        db.insertInto(USER_INVITATIONS)
            .set(USER_INVITATIONS.EMAIL, email)
            .set(USER_INVITATIONS.ROLE, wanted.role())
            .set(USER_INVITATIONS.TOKEN_HASH, token.hash())
            .set(USER_INVITATIONS.INVITED_BY, actor.id())
            .set(USER_INVITATIONS.EXPIRES_AT, token.expiresAt())
            .returningResult(USER_INVITATIONS.ID)
            .fetchSingle()
            .value1();
    AuditLogs.note(
        db, actor, Deed.on("invitation.created", "user_invitations", id).with("email", email));
    return views(db, USER_INVITATIONS.ID.eq(id)).getFirst();
  }

  /** The invitations, newest first, for administrators. */
  List<InvitationView> invitations(Actor actor) {
    actor.demandAdmin();
    return data.readTenant(actor.context(), db -> views(db, org.jooq.impl.DSL.noCondition()));
  }

  /**
   * Takes an invitation back.
   *
   * @throws ProblemException if there is no such pending one
   */
  void revoke(Actor actor, UUID invitation) {
    actor.demandAdmin();
    data.useTenant(
        actor.context(),
        db -> {
          int revoked =
              db.update(USER_INVITATIONS)
                  .set(USER_INVITATIONS.STATUS, InvitationStatus.revoked)
                  .where(USER_INVITATIONS.ID.eq(invitation))
                  .and(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
                  .execute();
          if (revoked == 0) {
            throw Wordings.unknown("pending invitation", invitation).exception();
          }
          AuditLogs.note(db, actor, Deed.on("invitation.revoked", "user_invitations", invitation));
        });
  }

  /** Takes back what a user has invited. */
  static void revokeOf(DSLContext db, UUID inviter) {
    db.update(USER_INVITATIONS)
        .set(USER_INVITATIONS.STATUS, InvitationStatus.revoked)
        .where(USER_INVITATIONS.INVITED_BY.eq(inviter))
        .and(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
        .execute();
  }

  /**
   * Makes the account of an invitation, once: user and acceptance are one transaction.
   *
   * @throws ProblemException if the token is nobody's, used or expired, or the password is no good
   */
  UserView completeSetUp(SetUp wanted, Origin origin) {
    String hash = OpaqueToken.hashOf(Secret.of(wanted.token())).orElseThrow(Invitations::noGood);
    String email = pendingAddress(hash).orElseThrow(Invitations::noGood);
    Passwords.Salted password = secrets.accept(wanted.password(), wanted.passwordAgain(), email);
    return Wordings.REFUSALS.telling(
        () -> data.withSystem(db -> accept(db, hash, password, origin)));
  }

  /** Marks what has run out on the way. */
  private Optional<String> pendingAddress(String hash) {
    return data.withSystem(db -> {
      db.update(USER_INVITATIONS)
          .set(USER_INVITATIONS.STATUS, InvitationStatus.expired)
          .where(USER_INVITATIONS.TOKEN_HASH.eq(hash))
          .and(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
          .and(USER_INVITATIONS.EXPIRES_AT.le(currentInstant()))
          .execute();
      return db.select(USER_INVITATIONS.EMAIL)
          .from(USER_INVITATIONS)
          .where(USER_INVITATIONS.TOKEN_HASH.eq(hash))
          .and(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
          .fetchOptional(USER_INVITATIONS.EMAIL);
    });
  }

  private static UserView accept(
      DSLContext db, String hash, Passwords.Salted password, Origin origin) {
    var accepted =
        db.update(USER_INVITATIONS)
            .set(USER_INVITATIONS.STATUS, InvitationStatus.accepted)
            .set(USER_INVITATIONS.ACCEPTED_AT, currentInstant())
            .where(USER_INVITATIONS.TOKEN_HASH.eq(hash))
            .and(USER_INVITATIONS.STATUS.eq(InvitationStatus.pending))
            .and(USER_INVITATIONS.EXPIRES_AT.gt(currentInstant()))
            .returningResult(
                USER_INVITATIONS.ID,
                USER_INVITATIONS.EMAIL,
                USER_INVITATIONS.ROLE,
                USER_INVITATIONS.INVITED_BY)
            .fetchOptional()
            .orElseThrow(Invitations::noGood);
    UUID user =
        db.insertInto(USERS)
            .set(USERS.EMAIL, accepted.value2())
            .set(USERS.ROLE, accepted.value3())
            .set(USERS.PASSWORD_HASH, password.hash())
            .set(USERS.PASSWORD_SALT, password.salt())
            .set(USERS.EMAIL_VERIFIED, true)
            .set(USERS.CREATED_BY, accepted.value4())
            .returningResult(USERS.ID)
            .fetchSingle()
            .value1();
    AuditLogs.noteUser(
        db, user, origin, Deed.on("invitation.accepted", "user_invitations", accepted.value1()));
    return Users.views(db, USERS.ID.eq(user), 1).getFirst();
  }

  private static ProblemException noGood() {
    return Problem.of(
            "SIMPLYCASTER_INVITATION_NO_GOOD",
            ProblemKind.INPUT,
            "the invitation is unknown, used, revoked or expired")
        .withRemedy("Ask an administrator for a new one.")
        .exception();
  }

  private static List<InvitationView> views(DSLContext db, org.jooq.Condition wanted) {
    return db.select(
            USER_INVITATIONS.ID,
            USER_INVITATIONS.EMAIL,
            USER_INVITATIONS.ROLE,
            USER_INVITATIONS.STATUS,
            USER_INVITATIONS.INVITED_BY,
            USER_INVITATIONS.EXPIRES_AT,
            USER_INVITATIONS.CREATED_AT)
        .from(USER_INVITATIONS)
        .where(wanted)
        .orderBy(USER_INVITATIONS.CREATED_AT.desc(), USER_INVITATIONS.ID)
        .limit(MOST_LISTED)
        .fetch(Records.mapping(InvitationView::new));
  }
}
