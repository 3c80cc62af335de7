package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.SESSIONS;
import static dev.undercroft.apps.audiotricks.db.Tables.USERS;
import static org.jooq.impl.DSL.lower;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.Accounts;
import dev.undercroft.identity.SignIn;
import dev.undercroft.identity.SignIn.Outcome;
import dev.undercroft.sdk.AccountSecurity;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;

/** Lets people in and out. Thread-safe. */
final class Entrance {

  /** How long a session lasts. */
  static final Duration SESSION = Duration.ofDays(7);

  private final Data data;
  private final AccountSecurity security;
  private final InstantSource clock;
  private final SignIn<Person> signIn;

  Entrance(Data data, AccountSecurity security, InstantSource clock) {
    this.data = data;
    this.security = security;
    this.clock = clock;
    this.signIn = new SignIn<>(security.passwords(), security.attempts(), new People(data));
  }

  /** Who somebody is. */
  record Person(UUID id, String email, String username) {}

  /**
   * Who has come in.
   *
   * @param token shown once
   */
  record Entered(Secret token, Person user) {}

  /**
   * Opens a session and notes the time of signing in, both or none.
   *
   * @param identifier the address, or the name
   * @throws ProblemException unauthenticated for whatever is wrong; forbidden for the owner of an
   *     account that is switched off
   */
  Entered login(String identifier, Secret password, String remoteAddress) {
    return open(demandPassword(identifier, password, remoteAddress));
  }

  private Person demandPassword(String identifier, Secret password, String remoteAddress) {
    SignIn.Request request =
        new SignIn.Request(identifier, password, remoteAddress, Optional.empty());
    return switch (signIn.attempt(request)) {
      case Outcome.Entered<Person>(Person person) -> person;
      case Outcome.SwitchedOff<Person>(Person person) -> throw LiveSessions.inactive().exception();
      case Outcome.Refused<Person> refused -> throw SignIn.refusal().exception();
    };
  }

  private Entered open(Person person) {
    UUID session = UUID.randomUUID();
    AccessTokens.Issued token =
        security.tokens().issue(person.id().toString(), session.toString(), Map.of());
    data.useSystem(db -> {
      var now = Times.stored(clock.instant());
      db.insertInto(SESSIONS)
          .set(SESSIONS.ID, session)
          .set(SESSIONS.USER_ID, person.id())
          .set(SESSIONS.TOKEN_HASH, token.hash())
          .set(SESSIONS.EXPIRES_AT, Times.stored(token.expiresAt()))
          .execute();
      db.update(USERS).set(USERS.LAST_LOGIN_AT, now).where(USERS.ID.eq(person.id())).execute();
    });
    return new Entered(token.secret(), person);
  }

  /** Ends the session of this token; does nothing where it has ended. */
  void logout(Secret token) {
    String hash = AccessTokens.hashOf(token);
    data.useSystem(db -> db.deleteFrom(SESSIONS).where(SESSIONS.TOKEN_HASH.eq(hash)).execute());
  }

  /** Switches the caller's account off; the database ends its sessions. */
  void deactivate(Caller caller) {
    data.useTenant(
        caller.context(),
        db ->
            db.update(USERS)
                .set(USERS.IS_ACTIVE, false)
                .where(USERS.ID.eq(Callers.id(caller)))
                .execute());
  }

  /**
   * Deletes the caller's account with everything that belongs to it.
   *
   * @param password once more, because nothing of it comes back
   * @throws ProblemException if the password is not right
   */
  void erase(Caller caller, Secret password, String remoteAddress) {
    Profiles.Profile profile = new Profiles(data).me(caller);
    demandPassword(profile.email(), password, remoteAddress);
    data.useTenant(
        caller.context(),
        db -> db.deleteFrom(USERS).where(USERS.ID.eq(Callers.id(caller))).execute());
  }

  /** The accounts, for signing in: as the system, because nobody is known yet. */
  private record People(Data data) implements Accounts<Person> {

    @Override
    public Optional<Found<Person>> find(String identifier) {
      String wanted = identifier.strip().toLowerCase(Locale.ROOT);
      // A name never contains @, so an address is never taken for a name.
      Condition who =
          wanted.contains("@") ? lower(USERS.EMAIL).eq(wanted) : lower(USERS.USERNAME).eq(wanted);
      return data.readSystem(db ->
          db.select(USERS.ID, USERS.EMAIL, USERS.USERNAME, USERS.PASSWORD_HASH, USERS.IS_ACTIVE)
              .from(USERS)
              .where(who)
              .fetchOptional(row ->
                  new Found<>(
                      new Person(row.value1(), row.value2(), row.value3()),
                      row.value1().toString(),
                      Optional.of(row.value4()),
                      row.value5())));
    }

    @Override
    public void rehashed(Person person, String hash) {
      data.useSystem(db ->
          db.update(USERS)
              .set(USERS.PASSWORD_HASH, hash)
              .where(USERS.ID.eq(person.id()))
              .execute());
    }
  }
}
