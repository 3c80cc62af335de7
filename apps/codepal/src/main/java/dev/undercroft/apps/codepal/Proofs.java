package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.API_KEYS;
import static dev.undercroft.apps.codepal.db.Tables.SESSIONS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;
import static dev.undercroft.apps.codepal.db.Tables.VERIFICATION_TOKENS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.val;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.OpaqueToken;
import dev.undercroft.identity.Passwords;
import dev.undercroft.identity.TokenLifetime;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Outbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Proves that an address belongs to somebody, by a letter with a token. The stored hash binds the
 * token to its purpose and its account: one that proves an address sets no password, and none
 * counts for another account that has the address later. Thread-safe.
 */
final class Proofs {

  private final Data data;
  private final Outbox outbox;
  private final Passwords passwords;
  private final InstantSource clock;

  Proofs(Data data, Outbox outbox, Passwords passwords, InstantSource clock) {
    this.data = data;
    this.outbox = outbox;
    this.passwords = passwords;
    this.clock = clock;
  }

  /** What a token is for. */
  private enum Purpose {
    ADDRESS(TokenLifetime.MAIL_VERIFICATION.duration(), "Confirm your address"),
    PASSWORD(TokenLifetime.PASSWORD_RESET.duration(), "Choose a new password");

    private final Duration lifetime;
    private final String subject;

    Purpose(Duration lifetime, String subject) {
      this.lifetime = lifetime;
      this.subject = subject;
    }

    Secret boundTo(Holder holder) {
      return Secret.of(name() + "\0" + holder.id());
    }
  }

  /** Whose address it is. */
  private record Holder(String id, String address) {}

  /** Who wants another password, and how they prove who they are. */
  record Reset(String email, Secret token, Secret password) {}

  /** Sends the caller a token that proves the address. */
  void askForAddress(Caller caller) {
    send(holder(caller), Purpose.ADDRESS);
  }

  /**
   * Notes that the caller's address is proved.
   *
   * @throws ProblemException if the token is not the caller's, was used or has ended
   */
  void proveAddress(Caller caller, Secret token) {
    Holder holder = holder(caller);
    data.useSystem(db -> {
      use(db, holder, Purpose.ADDRESS, token);
      db.update(USERS)
          .set(USERS.EMAIL_VERIFIED, clock.instant())
          .where(USERS.ID.eq(holder.id()).and(lower(USERS.EMAIL).eq(holder.address())))
          .execute();
    });
  }

  /** Sends a token for a new password, if the address has an account; tells nobody whether. */
  void askForPassword(String email) {
    find(email).ifPresent(holder -> send(holder, Purpose.PASSWORD));
  }

  /**
   * Sets a new password; ends every session and revokes every key, because whoever had the old
   * password may have made them.
   *
   * @throws ProblemException if the password is no good, or the token is not this account's, was
   *     used or has ended
   */
  void setPassword(Reset reset) {
    String address = Addresses.normal(reset.email());
    Texts.refuse(Addresses.wrongPassword(reset.password(), address));
    Holder holder = find(address).orElseThrow(Proofs::wrong);
    demand(holder, reset.token());
    String hash = passwords.hash(reset.password(), holder.id());
    data.useSystem(db -> {
      LiveSessions.takeTurn(db, holder.id());
      use(db, holder, Purpose.PASSWORD, reset.token());
      int set =
          db.update(USERS)
              .set(USERS.HASHED_PASSWORD, hash)
              .set(USERS.EMAIL_VERIFIED, coalesce(USERS.EMAIL_VERIFIED, val(clock.instant())))
              .where(USERS.ID.eq(holder.id()).and(lower(USERS.EMAIL).eq(holder.address())))
              .execute();
      if (set == 0) {
        throw wrong();
      }
      db.deleteFrom(SESSIONS).where(SESSIONS.USER_ID.eq(holder.id())).execute();
      db.update(API_KEYS)
          .set(API_KEYS.REVOKED_AT, clock.instant())
          .where(API_KEYS.USER_ID.eq(holder.id()).and(API_KEYS.REVOKED_AT.isNull()))
          .execute();
      db.deleteFrom(VERIFICATION_TOKENS)
          .where(VERIFICATION_TOKENS.IDENTIFIER.eq(holder.address()))
          .execute();
    });
  }

  private void send(Holder holder, Purpose purpose) {
    OpaqueToken token = OpaqueToken.lasting(purpose.lifetime, clock.instant());
    data.useSystem(db ->
        db.insertInto(VERIFICATION_TOKENS)
            .set(VERIFICATION_TOKENS.IDENTIFIER, holder.address())
            .set(VERIFICATION_TOKENS.TOKEN, token.hashBoundTo(purpose.boundTo(holder)))
            .set(VERIFICATION_TOKENS.EXPIRES, token.expiresAt())
            .execute());
    outbox.send(
        new Outbox.Letter(
            holder.address(),
            purpose.subject,
            "Your code is\n\n%s\n\nIt counts once, until %s. If you did not ask for it, do nothing.\n"
                .formatted(token.secret().reveal(), token.expiresAt())));
  }

  /** Spares the slow hash where the token is wrong; only {@link #use} decides. */
  private void demand(Holder holder, Secret token) {
    Condition living = living(holder, Purpose.PASSWORD, token);
    if (!data.readSystem(db -> db.fetchExists(VERIFICATION_TOKENS, living))) {
      throw wrong();
    }
  }

  private void use(DSLContext db, Holder holder, Purpose purpose, Secret token) {
    int used = db.deleteFrom(VERIFICATION_TOKENS).where(living(holder, purpose, token)).execute();
    if (used == 0) {
      throw wrong();
    }
  }

  private Condition living(Holder holder, Purpose purpose, Secret token) {
    String hash = OpaqueToken.hashOf(token, purpose.boundTo(holder)).orElseThrow(Proofs::wrong);
    return VERIFICATION_TOKENS
        .TOKEN
        .eq(hash)
        .and(VERIFICATION_TOKENS.IDENTIFIER.eq(holder.address()))
        .and(VERIFICATION_TOKENS.EXPIRES.gt(clock.instant()));
  }

  private Holder holder(Caller caller) {
    String id = Callers.id(caller);
    return data.readTenant(
            caller.context(),
            db ->
                db.select(lower(USERS.EMAIL))
                    .from(USERS)
                    .where(USERS.ID.eq(id).and(USERS.EMAIL.isNotNull()))
                    .fetchOptional(row -> new Holder(id, row.value1())))
        .orElseThrow(() -> Profiles.unknown().exception());
  }

  private Optional<Holder> find(String email) {
    String address = Addresses.normal(email);
    if (Addresses.wrong(address).isPresent()) {
      return Optional.empty();
    }
    return data.readSystem(db ->
        db.select(USERS.ID)
            .from(USERS)
            .where(lower(USERS.EMAIL).eq(address))
            .fetchOptional(row -> new Holder(row.value1(), address)));
  }

  private static ProblemException wrong() {
    return Problem.of("CODEPAL_TOKEN", ProblemKind.INPUT, "the code does not count")
        .withRemedy("It may have been used, or be too old: ask for another.")
        .with("pointer", "/token")
        .exception();
  }
}
