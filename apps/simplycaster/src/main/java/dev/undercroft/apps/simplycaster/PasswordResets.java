package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.PASSWORD_RESET_TOKENS;
import static dev.undercroft.apps.simplycaster.db.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.AuditLogs.Origin;
import dev.undercroft.apps.simplycaster.Invitations.Letters;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.OpaqueToken;
import dev.undercroft.identity.Passwords;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/** New passwords by a link that is sent to the owner's address. Thread-safe. */
final class PasswordResets {

  static final Duration LASTING = Duration.ofHours(1);

  private final Data data;
  private final Secrets secrets;
  private final Letters letters;
  private final InstantSource clock;

  PasswordResets(Data data, Secrets secrets, Letters letters, InstantSource clock) {
    this.data = data;
    this.secrets = secrets;
    this.letters = letters;
    this.clock = clock;
  }

  /** What resets a password. */
  record Reset(UUID id, String token, String password, String passwordAgain) {}

  /** A link on its way to its owner. */
  private record Pending(String email, UUID id) {}

  /**
   * Sends a link to the address, if it is an active user's, and ends the links that were sent
   * before. Whoever asks learns nothing of that.
   */
  void request(String email, Origin origin) {
    Texts texts = new Texts();
    String address = texts.email("email", email);
    texts.demand();
    OpaqueToken token = OpaqueToken.lasting(LASTING, clock.instant());
    Optional<Pending> pending = data.withSystem(db -> replace(db, address, token, origin));
    pending.ifPresent(one ->
        letters
            .outbox()
            .send(
                new Outbox.Letter(
                    one.email(),
                    "Your new password for SimplyCaster",
                    "Choose it within an hour:\n\n"
                        + letters.baseUrl()
                        + "/reset-password?token="
                        + token.secret().reveal()
                        + "&id="
                        + one.id()
                        + "\n\nNothing changes if you did not ask for it.\n")));
  }

  private static Optional<Pending> replace(
      DSLContext db, String address, OpaqueToken token, Origin origin) {
    Optional<UUID> found =
        db.select(USERS.ID)
            .from(USERS)
            .where(lower(USERS.EMAIL).eq(address))
            .and(USERS.DELETED_AT.isNull())
            .and(USERS.IS_ACTIVE)
            .fetchOptional(USERS.ID);
    return found.map(user -> {
      end(db, user);
      UUID id =
          db.insertInto(PASSWORD_RESET_TOKENS)
              .set(PASSWORD_RESET_TOKENS.USER_ID, user)
              .set(PASSWORD_RESET_TOKENS.TOKEN_HASH, token.hash())
              .set(PASSWORD_RESET_TOKENS.EXPIRES_AT, token.expiresAt())
              .set(PASSWORD_RESET_TOKENS.IP_ADDRESS, origin.address().orElse(null))
              .set(PASSWORD_RESET_TOKENS.USER_AGENT, origin.agent().orElse(null))
              .returningResult(PASSWORD_RESET_TOKENS.ID)
              .fetchSingle()
              .value1();
      AuditLogs.noteUser(db, user, origin, Deed.on("password.reset_requested", "users", user));
      return new Pending(address, id);
    });
  }

  /** Ends the user's links; those that have run out are left as they are. */
  private static void end(DSLContext db, UUID user) {
    db.update(PASSWORD_RESET_TOKENS)
        .set(PASSWORD_RESET_TOKENS.USED_AT, currentInstant())
        .where(PASSWORD_RESET_TOKENS.USER_ID.eq(user).and(usable()))
        .execute();
  }

  private static Condition usable() {
    return PASSWORD_RESET_TOKENS
        .USED_AT
        .isNull()
        .and(PASSWORD_RESET_TOKENS.EXPIRES_AT.gt(currentInstant()));
  }

  /**
   * Sets the new password, once per link; ends a lock, the other links and every session.
   *
   * @throws ProblemException if the link is nobody's, used or expired, or the password is no good
   */
  void reset(Reset wanted, Origin origin) {
    String hash = OpaqueToken.hashOf(Secret.of(wanted.token())).orElseThrow(PasswordResets::noGood);
    Condition link =
        PASSWORD_RESET_TOKENS
            .ID
            .eq(wanted.id())
            .and(PASSWORD_RESET_TOKENS.TOKEN_HASH.eq(hash))
            .and(usable());
    String email =
        data.readSystem(db ->
                db.select(USERS.EMAIL)
                    .from(PASSWORD_RESET_TOKENS)
                    .join(USERS)
                    .on(USERS.ID.eq(PASSWORD_RESET_TOKENS.USER_ID))
                    .where(link.and(USERS.DELETED_AT.isNull()))
                    .fetchOptional(USERS.EMAIL))
            .orElseThrow(PasswordResets::noGood);
    Passwords.Salted password = secrets.accept(wanted.password(), wanted.passwordAgain(), email);
    data.useSystem(db -> use(db, link, password, origin));
  }

  private static void use(DSLContext db, Condition link, Passwords.Salted password, Origin origin) {
    UUID user =
        db.update(PASSWORD_RESET_TOKENS)
            .set(PASSWORD_RESET_TOKENS.USED_AT, currentInstant())
            .where(link)
            .returningResult(PASSWORD_RESET_TOKENS.USER_ID)
            .fetchOptional(PASSWORD_RESET_TOKENS.USER_ID)
            .orElseThrow(PasswordResets::noGood);
    end(db, user);
    db.update(USERS)
        .set(USERS.PASSWORD_HASH, password.hash())
        .set(USERS.PASSWORD_SALT, password.salt())
        .set(USERS.FAILED_LOGIN_ATTEMPTS, 0)
        .setNull(USERS.LOCKED_UNTIL)
        .where(USERS.ID.eq(user))
        .execute();
    AuditLogs.noteUser(db, user, origin, Deed.on("password.reset", "users", user));
  }

  private static ProblemException noGood() {
    return Problem.of(
            "SIMPLYCASTER_RESET_NO_GOOD", ProblemKind.INPUT, "the link is unknown, used or expired")
        .withRemedy("Ask for a new one.")
        .exception();
  }
}
