package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.USERS;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.lower;
import static org.jooq.impl.DSL.when;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.AuditLogs.Origin;
import dev.undercroft.apps.simplycaster.Users.UserView;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.Accounts;
import dev.undercroft.identity.Attempts;
import dev.undercroft.identity.Lockout;
import dev.undercroft.identity.SignIn;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Identifier;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.types.DayToSecond;

/**
 * Sign-in of hosts and administrators, and who shows which token. A token is bound to the password
 * with which it was got: a new password ends it at once. Thread-safe.
 */
final class Logins implements Identifier {

  private final Data data;
  private final SignIn<UUID> signIn;
  private final AccessTokens tokens;
  private final Guests guests;

  Logins(Data data, Secrets secrets, AccessTokens tokens, Guests guests) {
    this.data = data;
    this.signIn = new SignIn<>(secrets.passwords(), new Counter(data), new People(data));
    this.tokens = tokens;
    this.guests = guests;
  }

  /** Who wants in. */
  record Credentials(String email, String password) {}

  /**
   * Who is in.
   *
   * @param token to be shown as a bearer token; a secret
   */
  record Session(String token, Instant expiresAt, UserView user) {}

  /**
   * Signs in.
   *
   * @throws dev.undercroft.base.ProblemException with one and the same problem for an unknown
   *     address, a wrong password and a locked account; with another for an account that is
   *     switched off, which only its owner gets to see
   */
  Session login(Credentials credentials, Origin origin) {
    Texts texts = new Texts();
    String email = texts.email("email", credentials.email());
    texts.demand();
    SignIn.Request request =
        new SignIn.Request(
            email,
            Secret.of(credentials.password()),
            origin.address().orElse(""),
            Optional.empty());
    return switch (signIn.attempt(request)) {
      case SignIn.Outcome.Entered<UUID>(UUID user) -> enter(user, origin);
      case SignIn.Outcome.SwitchedOff<UUID>(UUID user) -> {
        note(user, origin, "login.switched_off");
        throw Problem.of(
                "SIMPLYCASTER_INACTIVE", ProblemKind.FORBIDDEN, "this account is switched off")
            .withRemedy("Ask an administrator.")
            .exception();
      }
      case SignIn.Outcome.Refused<UUID> refused -> {
        noteRefusal(email, origin, word(refused.reason()));
        throw SignIn.refusal().exception();
      }
    };
  }

  private static String word(SignIn.Reason reason) {
    return "login.refused_" + reason.name().toLowerCase(Locale.ROOT);
  }

  /** One transaction whether or not there is such a user, so that the time does not tell. */
  private void noteRefusal(String email, Origin origin, String action) {
    data.useSystem(db ->
        db.select(USERS.ID)
            .from(USERS)
            .where(is(email))
            .fetchOptional(USERS.ID)
            .ifPresent(
                user -> AuditLogs.noteUser(db, user, origin, Deed.on(action, "users", user))));
  }

  private void note(UUID user, Origin origin, String action) {
    data.useSystem(db -> AuditLogs.noteUser(db, user, origin, Deed.on(action, "users", user)));
  }

  private Session enter(UUID user, Origin origin) {
    return data.withSystem(db -> {
      String hash =
          db.update(USERS)
              .set(USERS.LAST_LOGIN_AT, currentInstant())
              .set(USERS.LAST_LOGIN_IP, origin.address().orElse(null))
              .where(USERS.ID.eq(user))
              .returningResult(USERS.PASSWORD_HASH)
              .fetchSingle()
              .value1();
      AuditLogs.noteUser(db, user, origin, Deed.on("login", "users", user));
      UserView view = Users.views(db, USERS.ID.eq(user), 1).getFirst();
      var issued =
          tokens.issue(
              user.toString(),
              Secret.of(hash).fingerprint(),
              Map.of("email", view.email(), "role", view.role().getLiteral()));
      return new Session(issued.secret().reveal(), issued.expiresAt(), view);
    });
  }

  /**
   * A user by a signed token, a guest by the token of the link. What the token says of the role is
   * not believed: the database is asked.
   */
  @Override
  public Optional<Caller> identify(Secret shown) {
    Optional<AccessTokens.Claims> claims = tokens.read(shown);
    if (claims.isEmpty()) {
      return guests.getGuestByToken(shown).map(guest -> caller(guest.id(), "guest"));
    }
    UUID user = UUID.fromString(claims.get().subject());
    return data.readSystem(db ->
            db.select(USERS.ROLE, USERS.PASSWORD_HASH)
                .from(USERS)
                .where(USERS.ID.eq(user))
                .and(USERS.DELETED_AT.isNull())
                .and(USERS.IS_ACTIVE)
                .and(USERS.PASSWORD_HASH.isNotNull())
                .fetchOptional())
        .filter(row -> Secret.of(row.value2()).fingerprint().equals(claims.get().session()))
        .map(row -> caller(user, row.value1().getLiteral()));
  }

  private static Caller caller(UUID id, String role) {
    return new Caller(false, Optional.of(id.toString()), Optional.of(role));
  }

  private static Condition is(String email) {
    return lower(USERS.EMAIL).eq(email).and(USERS.DELETED_AT.isNull());
  }

  /** Accounts as they stand in the table. */
  private record People(Data data) implements Accounts<UUID> {
    @Override
    public Optional<Found<UUID>> find(String identifier) {
      return data.readSystem(db ->
          db.select(USERS.ID, USERS.PASSWORD_HASH, USERS.IS_ACTIVE)
              .from(USERS)
              .where(is(identifier))
              .fetchOptional(row ->
                  new Found<>(row.value1(), "", Optional.ofNullable(row.value2()), row.value3())));
    }

    @Override
    public void rehashed(UUID account, String hash) {
      throw new UnsupportedOperationException("hash and salt are stored together");
    }
  }

  /** Counts in the table, in one statement, so that guesses at the same time are all counted. */
  private record Counter(Data data) implements Attempts {
    private static final Lockout RULE = Lockout.FIVE_IN_A_ROW;

    @Override
    public Optional<Instant> reserve(SignIn.Request request) {
      Field<Instant> now = currentInstant();
      Condition ranOut = USERS.LOCKED_UNTIL.le(now);
      Field<Integer> count = when(ranOut, 1).otherwise(USERS.FAILED_LOGIN_ATTEMPTS.plus(1));
      Field<Instant> until =
          when(count.ge(RULE.failures()), now.plus(DayToSecond.valueOf(RULE.lasting())));
      return data.withSystem(db -> {
        int counted =
            db.update(USERS)
                .set(USERS.FAILED_LOGIN_ATTEMPTS, count)
                .set(USERS.LOCKED_UNTIL, until)
                .where(is(request.identifier()))
                .and(USERS.LOCKED_UNTIL.isNull().or(ranOut))
                .execute();
        return counted > 0
            ? Optional.empty()
            : db.select(USERS.LOCKED_UNTIL)
                .from(USERS)
                .where(is(request.identifier()))
                .fetchOptional(USERS.LOCKED_UNTIL);
      });
    }

    @Override
    public void succeeded(SignIn.Request request) {
      data.useSystem(db ->
          db.update(USERS)
              .set(USERS.FAILED_LOGIN_ATTEMPTS, 0)
              .setNull(USERS.LOCKED_UNTIL)
              .where(is(request.identifier()))
              .execute());
    }
  }
}
