package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.SESSIONS;
import static dev.undercroft.apps.codepal.db.Tables.USERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.AccessTokens;
import dev.undercroft.identity.RefreshStore;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Identifier;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;

/**
 * Sessions: each is one row with the hash of its one refresh token. An access token's signature is
 * worth nothing without that row, so that ending a session ends its access at once. Thread-safe.
 */
final class LiveSessions implements Identifier, RefreshStore {

  static final int MOST = 100;

  private final Data data;
  private final AccessTokens tokens;
  private final InstantSource clock;

  LiveSessions(Data data, AccessTokens tokens, InstantSource clock) {
    this.data = data;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A session, without its token. */
  record View(String id, Instant expires) {}

  @Override
  public Optional<Caller> identify(Secret shown) {
    return tokens
        .read(shown)
        .flatMap(claims ->
            data.readSystem(db ->
                db.select(USERS.ID, USERS.ROLE)
                    .from(SESSIONS)
                    .join(USERS)
                    .on(USERS.ID.eq(SESSIONS.USER_ID))
                    .where(alive(claims.session()))
                    .and(SESSIONS.USER_ID.eq(claims.subject()))
                    .fetchOptional(row ->
                        new Caller(false, Optional.of(row.value1()), Optional.of(row.value2()))
                            .in(claims.session()))));
  }

  /**
   * Lets those who change what opens an account do so one after another, until the transaction
   * ends.
   */
  static void takeTurn(DSLContext db, String user) {
    Turn.take(db, "codepal.keys", user);
  }

  /**
   * Waits for a change of what opens the caller's account, and refuses if it ended the caller's
   * session: what a request was allowed to do before a reset of the password must not open the
   * account again after it.
   *
   * @throws dev.undercroft.base.ProblemException unauthenticated
   */
  static void demandStill(DSLContext db, Caller caller) {
    takeTurn(db, Callers.id(caller));
    boolean still =
        caller
            .session()
            .map(session -> db.fetchExists(SESSIONS, SESSIONS.ID.eq(session)))
            .orElse(caller.operator());
    if (!still) {
      throw ended();
    }
  }

  static ProblemException ended() {
    return Problem.of("CODEPAL_SESSION_ENDED", ProblemKind.UNAUTHENTICATED, "the session has ended")
        .withRemedy("Sign in again.")
        .exception();
  }

  /** Whose living session this is. */
  Optional<String> user(String session) {
    return data.readSystem(db ->
        db.select(SESSIONS.USER_ID)
            .from(SESSIONS)
            .where(alive(session))
            .fetchOptional(SESSIONS.USER_ID));
  }

  @Override
  public Swap swap(String session, String oldHash, String newHash, Instant expiresAt) {
    return data.withSystem(db -> {
      int swapped =
          db.update(SESSIONS)
              .set(SESSIONS.SESSION_TOKEN, newHash)
              .set(SESSIONS.EXPIRES, expiresAt)
              .where(alive(session))
              .and(SESSIONS.SESSION_TOKEN.eq(oldHash))
              .execute();
      if (swapped == 1) {
        return Swap.DONE;
      }
      return db.fetchExists(SESSIONS, alive(session)) ? Swap.OTHER_HASH : Swap.GONE;
    });
  }

  @Override
  public void end(String session) {
    data.useSystem(db -> db.deleteFrom(SESSIONS).where(SESSIONS.ID.eq(session)).execute());
  }

  /** The caller's sessions that have not ended, the one that lasts longest first. */
  List<View> list(Caller caller) {
    return data.readTenant(
        caller.context(),
        db ->
            db.select(SESSIONS.ID, SESSIONS.EXPIRES)
                .from(SESSIONS)
                .where(SESSIONS.USER_ID.eq(Callers.id(caller)))
                .and(SESSIONS.EXPIRES.gt(clock.instant()))
                .orderBy(SESSIONS.EXPIRES.desc(), SESSIONS.ID)
                .limit(MOST)
                .fetch(row -> new View(row.value1(), row.value2())));
  }

  /**
   * Ends a session of the caller.
   *
   * @throws dev.undercroft.base.ProblemException if the caller has no such session
   */
  void endOwn(Caller caller, String session) {
    int ended =
        data.withTenant(
            caller.context(),
            db ->
                db.deleteFrom(SESSIONS)
                    .where(SESSIONS.ID.eq(session))
                    .and(SESSIONS.USER_ID.eq(Callers.id(caller)))
                    .execute());
    if (ended == 0) {
      throw unknown().exception();
    }
  }

  static Problem unknown() {
    return Problem.of("CODEPAL_SESSION_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such session")
        .withRemedy("GET /code/sessions lists yours.");
  }

  private Condition alive(String session) {
    return SESSIONS.ID.eq(session).and(SESSIONS.EXPIRES.gt(clock.instant()));
  }
}
