package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.SESSIONS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.select;

import dev.undercroft.base.Secret;
import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.Accounts;
import dev.undercroft.identity.RefreshTokens;
import dev.undercroft.identity.SignIn;
import dev.undercroft.identity.SignIn.Outcome;
import dev.undercroft.sdk.AccountSecurity;
import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Lets people in and out. Thread-safe. */
final class Entrance {

  /** More living sessions than this nobody has; those that end first give way. */
  static final int MOST_SESSIONS = 20;

  /** How long an access token lasts. */
  static final Duration ACCESS = Duration.ofMinutes(15);

  /** How long a refresh token lasts unless it is used. */
  static final Duration REFRESH = Duration.ofDays(7);

  /** How hashes of today's algorithm begin; others are made anew while the password is at hand. */
  private static final String CURRENT = "$2b$12$";

  private final Data data;
  private final AccountSecurity security;
  private final LiveSessions sessions;
  private final RefreshTokens refresh;
  private final SignIn<Known> signIn;

  Entrance(Data data, AccountSecurity security, InstantSource clock) {
    this.data = data;
    this.security = security;
    this.sessions = new LiveSessions(data, security.tokens(), clock);
    this.refresh = new RefreshTokens(sessions, REFRESH, clock);
    this.signIn = new SignIn<>(security.passwords(), security.attempts(), new People(data));
  }

  /** Who somebody is. */
  record Person(String id, String email, Optional<String> name, String role) {}

  /** Somebody with the hash that the shown password was compared with. */
  private record Known(Person person, Optional<String> hash) {}

  /**
   * What opens the door for a while.
   *
   * @param access shown with every request, for fifteen minutes
   * @param refresh exchanged for the next two, once
   */
  record Tokens(Secret access, Secret refresh) {}

  /** Who has come in. */
  record Entered(Tokens tokens, Person user) {}

  /**
   * Opens a session.
   *
   * @throws dev.undercroft.base.ProblemException unauthenticated, with the same words for whatever
   *     is wrong
   */
  Entered login(String email, Secret password, String remoteAddress) {
    Known known = demand(email, password, remoteAddress);
    Person person = known.person();
    String session = UUID.randomUUID().toString();
    RefreshTokens.Refresh first = refresh.first(session);
    data.useSystem(db -> {
      demandUnchanged(db, known);
      db.insertInto(SESSIONS)
          .set(SESSIONS.ID, session)
          .set(SESSIONS.USER_ID, person.id())
          .set(SESSIONS.SESSION_TOKEN, first.hash())
          .set(SESSIONS.EXPIRES, first.expiresAt())
          .execute();
      db.deleteFrom(SESSIONS)
          .where(
              SESSIONS.ID.in(
                  select(SESSIONS.ID)
                      .from(SESSIONS)
                      .where(SESSIONS.USER_ID.eq(person.id()))
                      .orderBy(SESSIONS.EXPIRES.desc(), SESSIONS.ID)
                      .offset(MOST_SESSIONS)))
          .execute();
    });
    return new Entered(new Tokens(access(person.id(), session), first.secret()), person);
  }

  /**
   * The right password of an account.
   *
   * @throws dev.undercroft.base.ProblemException unauthenticated
   */
  Person demandPassword(String email, Secret password, String remoteAddress) {
    return demand(email, password, remoteAddress).person();
  }

  private Known demand(String email, Secret password, String remoteAddress) {
    var request = new SignIn.Request(email, password, remoteAddress, Optional.empty());
    return switch (signIn.attempt(request)) {
      case Outcome.Entered<Known>(Known known) -> known;
      case Outcome.SwitchedOff<Known> off -> throw SignIn.refusal().exception();
      case Outcome.Refused<Known> refused -> throw SignIn.refusal().exception();
    };
  }

  /**
   * Waits for a change of the password that is under way, and refuses when there was one: it ends
   * all sessions, and none may slip in behind it with the old password.
   */
  private static void demandUnchanged(DSLContext db, Known known) {
    Optional<String> now =
        db.select(USERS.HASHED_PASSWORD)
            .from(USERS)
            .where(USERS.ID.eq(known.person().id()))
            .forShare()
            .fetchOptional(USERS.HASHED_PASSWORD);
    boolean rehashed = !known.hash().orElse("").startsWith(CURRENT);
    if (!rehashed && !now.equals(known.hash())) {
      throw SignIn.refusal().exception();
    }
  }

  /**
   * Exchanges a refresh token for the next two tokens. One that was used before ends the session,
   * because two parties have it.
   *
   * @throws dev.undercroft.base.ProblemException unauthenticated
   */
  Tokens refresh(Secret shown) {
    if (refresh.exchange(shown) instanceof RefreshTokens.Outcome.Renewed(var next)) {
      String user = sessions.user(next.session()).orElseThrow(LiveSessions::ended);
      return new Tokens(access(user, next.session()), next.secret());
    }
    throw LiveSessions.ended();
  }

  /** Ends the session of this refresh token; does nothing where it has ended. */
  void logout(Secret shown) {
    String hash = AccessTokens.hashOf(shown);
    data.useSystem(db -> db.deleteFrom(SESSIONS).where(SESSIONS.SESSION_TOKEN.eq(hash)).execute());
  }

  /** The hash of a new password for this account. */
  String hash(Secret password, String user) {
    return security.passwords().hash(password, user);
  }

  private Secret access(String user, String session) {
    return security.tokens().issue(user, session, Map.of()).secret();
  }

  /** The accounts, for signing in: as the system, because nobody is known yet. */
  private record People(Data data) implements Accounts<Known> {

    @Override
    public Optional<Found<Known>> find(String identifier) {
      String wanted = Addresses.normal(identifier);
      if (Addresses.wrong(wanted).isPresent()) {
        return Optional.empty();
      }
      return data.readSystem(db ->
          db.select(USERS.ID, USERS.EMAIL, USERS.NAME, USERS.ROLE, USERS.HASHED_PASSWORD)
              .from(USERS)
              .where(lower(USERS.EMAIL).eq(wanted))
              .fetchOptional(row -> {
                @Nullable String name = row.value3();
                @Nullable String hash = row.value5();
                Person person =
                    new Person(row.value1(), row.value2(), Optional.ofNullable(name), row.value4());
                return new Found<>(
                    new Known(person, Optional.ofNullable(hash)),
                    row.value1(),
                    Optional.ofNullable(hash),
                    true);
              }));
    }

    @Override
    public void rehashed(Known known, String hash) {
      data.useSystem(db ->
          db.update(USERS)
              .set(USERS.HASHED_PASSWORD, hash)
              .where(USERS.ID.eq(known.person().id()))
              .execute());
    }
  }
}
