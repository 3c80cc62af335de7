package dev.undercroft.apps.epic;

import static dev.undercroft.apps.epic.db.Tables.PRESETS;
import static dev.undercroft.apps.epic.db.Tables.SESSIONS;
import static dev.undercroft.apps.epic.db.Tables.USERS;
import static dev.undercroft.apps.epic.db.Tables.VERIFICATION_TOKENS;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.OpaqueToken;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Identifier;
import dev.undercroft.sdk.JsonColumn;
import dev.undercroft.sdk.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/**
 * Lets people in by a link in a mail, and knows them by their sessions. The role is read with every
 * request: who is no administrator any more, is none at once. Thread-safe.
 */
final class Entrance implements Identifier {

  private static final Duration LINK = Duration.ofMinutes(10);
  private static final Duration SESSION = Duration.ofDays(30);
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>,\"\\p{Cntrl}]+@[^\\s@<>,\"]+\\.[^\\s@<>,.\"]+");
  private static final int LONGEST_EMAIL = 255;

  private final Data data;
  private final Outbox outbox;
  private final InstantSource clock;

  Entrance(Data data, Outbox outbox, InstantSource clock) {
    this.data = data;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Who has come in, with a token that is shown once. */
  record Entered(Secret token, Instant expiresAt, String user, UserRole role) {}

  /**
   * The one form of an address.
   *
   * @throws ProblemException if this is no address
   */
  static String email(String address) {
    String email = address.strip().toLowerCase(Locale.ROOT);
    if (email.length() > LONGEST_EMAIL || !EMAIL.matcher(email).matches()) {
      throw Problem.of("EPIC_EMAIL", ProblemKind.INPUT, "this is no mail address")
          .withRemedy("Write it like name@example.com.")
          .with("pointer", "/email")
          .exception();
    }
    return email;
  }

  /**
   * Sends a letter with a token to an address; nothing tells whether it has an account.
   *
   * @param email as {@link #email} gives it
   */
  void invite(String email) {
    OpaqueToken token = OpaqueToken.lasting(LINK, clock.instant());
    data.useSystem(db -> {
      db.deleteFrom(VERIFICATION_TOKENS).where(VERIFICATION_TOKENS.IDENTIFIER.eq(email)).execute();
      db.insertInto(VERIFICATION_TOKENS)
          .set(VERIFICATION_TOKENS.IDENTIFIER, email)
          .set(VERIFICATION_TOKENS.TOKEN, token.hash())
          .set(VERIFICATION_TOKENS.EXPIRES, token.expiresAt())
          .execute();
    });
    outbox.send(
        new Outbox.Letter(
            email,
            "Your sign-in to Epic Auto Video Machine",
            "Sign in within ten minutes with this code:\n\n" + token.secret().reveal() + "\n"));
  }

  /**
   * Uses a token up and opens a session; whoever comes for the first time gets an account.
   *
   * @throws ProblemException unauthenticated, if the token is wrong, used, ended, or another's
   */
  Entered enter(String email, Secret shown) {
    String hash = OpaqueToken.hashOf(shown).orElseThrow(Entrance::refusal);
    OpaqueToken session = OpaqueToken.lasting(SESSION, clock.instant());
    return Wordings.REFUSALS.telling(() ->
        data.withSystem(db -> {
          int used =
              db.deleteFrom(VERIFICATION_TOKENS)
                  .where(VERIFICATION_TOKENS.IDENTIFIER.eq(email))
                  .and(VERIFICATION_TOKENS.TOKEN.eq(hash))
                  .and(VERIFICATION_TOKENS.EXPIRES.gt(clock.instant()))
                  .execute();
          if (used == 0) {
            throw refusal();
          }
          Caller caller = account(db, email);
          db.insertInto(SESSIONS)
              .set(SESSIONS.USER_ID, Callers.id(caller))
              .set(SESSIONS.SESSION_TOKEN, session.hash())
              .set(SESSIONS.EXPIRES, session.expiresAt())
              .execute();
          return new Entered(
              session.secret(), session.expiresAt(), Callers.id(caller), Callers.role(caller));
        }));
  }

  private static Caller account(DSLContext db, String email) {
    var known =
        db.select(USERS.ID, USERS.ROLE, USERS.DELETED_AT)
            .from(USERS)
            .where(lower(USERS.EMAIL).eq(email))
            .fetchOptional();
    if (known.isPresent() && known.get().value3() != null) {
      throw refusal();
    }
    return known
        .map(row -> Callers.of(row.value1(), row.value2()))
        .orElseGet(() -> Callers.of(create(db, email), UserRole.USER));
  }

  /** A new user with the three presets, both or none. */
  static String create(DSLContext db, String email) {
    String user =
        db.insertInto(USERS)
            .set(USERS.EMAIL, email)
            .set(USERS.SETTINGS, JsonColumn.of(Starters.SETTINGS))
            .returningResult(USERS.ID)
            .fetchSingle()
            .value1();
    for (ScopedPresets.Draft preset : Starters.PRESETS) {
      db.insertInto(PRESETS)
          .set(PRESETS.USER_ID, user)
          .set(PRESETS.NAME, preset.name())
          .set(PRESETS.CONFIG, JsonColumn.of(preset.config()))
          .set(PRESETS.IS_DEFAULT, preset.isDefault())
          .execute();
    }
    return user;
  }

  /** Ends the session of this token; does nothing where it has ended. */
  void leave(Secret shown) {
    OpaqueToken.hashOf(shown)
        .ifPresent(hash ->
            data.useSystem(
                db -> db.deleteFrom(SESSIONS).where(SESSIONS.SESSION_TOKEN.eq(hash)).execute()));
  }

  @Override
  public Optional<Caller> identify(Secret shown) {
    return OpaqueToken.hashOf(shown)
        .flatMap(hash ->
            data.readSystem(db ->
                db.select(USERS.ID, USERS.ROLE)
                    .from(SESSIONS)
                    .join(USERS)
                    .on(USERS.ID.eq(SESSIONS.USER_ID))
                    .where(SESSIONS.SESSION_TOKEN.eq(hash))
                    .and(SESSIONS.EXPIRES.gt(clock.instant()))
                    .and(USERS.DELETED_AT.isNull())
                    .fetchOptional(row -> Callers.of(row.value1(), row.value2()))));
  }

  /** The same; nobody where the database does not answer, so that health can still be told. */
  Optional<Caller> identifyIfPossible(Secret shown) {
    try {
      return identify(shown);
    } catch (ProblemException unreachable) {
      return Optional.empty();
    }
  }

  private static ProblemException refusal() {
    return Problem.of(
            "EPIC_SIGN_IN", ProblemKind.UNAUTHENTICATED, "this code does not open anything")
        .withRemedy("Ask for a new letter.")
        .exception();
  }
}
