package dev.undercroft.apps.codepal;

import static dev.undercroft.apps.codepal.db.Tables.API_KEYS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.ApiKeys;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Identifier;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys for programs. Whoever shows one acts for its owner on projects, and never as an
 * administrator. Thread-safe.
 */
final class ApiKeyRing implements Identifier {

  /** So many keys that count one owner has at most. */
  static final int MOST = 20;

  /** Each note of a use is an entry of the audit log, too. */
  private static final Duration NOTED_EVERY = Duration.ofHours(1);

  private static final int MOST_LISTED = 200;
  private static final int PREFIX = "codepal_live_".length();

  private final Data data;
  private final ApiKeys keys;
  private final InstantSource clock;

  ApiKeyRing(Data data, ApiKeys keys, InstantSource clock) {
    this.data = data;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * A key, without the key.
   *
   * @param prefix how it begins
   */
  record View(
      String id,
      String prefix,
      Instant createdAt,
      Optional<Instant> lastUsedAt,
      Optional<Instant> revokedAt) {}

  /**
   * A new key.
   *
   * @param key shown once
   */
  record Made(String id, Secret key, String prefix) {}

  @Override
  public Optional<Caller> identify(Secret shown) {
    return keys.read(shown).flatMap(this::user);
  }

  private Optional<Caller> user(ApiKeys.ShownKey shown) {
    var living = API_KEYS.KEY.eq(shown.hash()).and(API_KEYS.REVOKED_AT.isNull());
    var found =
        data.readSystem(db ->
            db.select(API_KEYS.USER_ID, API_KEYS.LAST_USED_AT)
                .from(API_KEYS)
                .where(living)
                .fetchOptional());
    found.ifPresent(row -> {
      Instant now = clock.instant();
      @Nullable Instant last = row.value2();
      if (last == null || last.isBefore(now.minus(NOTED_EVERY))) {
        data.useSystem(
            db -> db.update(API_KEYS).set(API_KEYS.LAST_USED_AT, now).where(living).execute());
      }
    });
    return found.map(
        row -> new Caller(false, Optional.of(row.value1()), Optional.of(Callers.Role.USER.word())));
  }

  /**
   * Makes a key.
   *
   * @throws dev.undercroft.base.ProblemException if the caller has enough, or the session has ended
   */
  Made make(Caller caller) {
    String user = Callers.id(caller);
    ApiKeys.NewKey fresh = keys.create();
    String prefix = fresh.secret().reveal().substring(0, PREFIX) + fresh.id();
    return data.withTenant(
        caller.context(),
        db -> {
          LiveSessions.demandStill(db, caller);
          int had =
              db.fetchCount(API_KEYS, API_KEYS.USER_ID.eq(user).and(API_KEYS.REVOKED_AT.isNull()));
          Quotas.demand("keys", had, MOST, "Revoke one that is not needed any more.");
          String id =
              db.insertInto(API_KEYS)
                  .set(API_KEYS.USER_ID, user)
                  .set(API_KEYS.KEY, fresh.hash())
                  .set(API_KEYS.PREFIX, prefix)
                  .returningResult(API_KEYS.ID)
                  .fetchSingle()
                  .value1();
          return new Made(id, fresh.secret(), prefix);
        });
  }

  /** The caller's keys, newest first, the revoked ones, too; at most two hundred. */
  List<View> list(Caller caller) {
    return data.readTenant(
        caller.context(),
        db ->
            db.select(
                    API_KEYS.ID,
                    API_KEYS.PREFIX,
                    API_KEYS.CREATED_AT,
                    API_KEYS.LAST_USED_AT,
                    API_KEYS.REVOKED_AT)
                .from(API_KEYS)
                .where(API_KEYS.USER_ID.eq(Callers.id(caller)))
                .orderBy(API_KEYS.CREATED_AT.desc(), API_KEYS.ID)
                .limit(MOST_LISTED)
                .fetch(row -> {
                  @Nullable Instant used = row.value4();
                  @Nullable Instant revoked = row.value5();
                  return new View(
                      row.value1(),
                      row.value2(),
                      row.value3(),
                      Optional.ofNullable(used),
                      Optional.ofNullable(revoked));
                }));
  }

  /**
   * Revokes a key of the caller; it is refused from now on and stays in the list. Can be repeated.
   *
   * @throws dev.undercroft.base.ProblemException if the caller has no such key
   */
  void revoke(Caller caller, String id) {
    var own = API_KEYS.ID.eq(id).and(API_KEYS.USER_ID.eq(Callers.id(caller)));
    data.useTenant(
        caller.context(),
        db -> {
          int revoked =
              db.update(API_KEYS)
                  .set(API_KEYS.REVOKED_AT, clock.instant())
                  .where(own.and(API_KEYS.REVOKED_AT.isNull()))
                  .execute();
          if (revoked == 0 && !db.fetchExists(API_KEYS, own)) {
            throw unknown().exception();
          }
        });
  }

  static Problem unknown() {
    return Problem.of("CODEPAL_KEY_UNKNOWN", ProblemKind.NOT_FOUND, "there is no such key")
        .withRemedy("GET /code/keys lists yours.");
  }
}
