package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.SESSIONS;
import static dev.undercroft.apps.audiotricks.db.Tables.USERS;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.identity.AccessTokens;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Identifier;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Knows callers by their sessions: the token's signature alone is worth nothing without its row,
 * and the row nothing without an active account. Thread-safe.
 */
final class LiveSessions implements Identifier {

  private final Data data;
  private final AccessTokens tokens;
  private final InstantSource clock;

  LiveSessions(Data data, AccessTokens tokens, InstantSource clock) {
    this.data = data;
    this.tokens = tokens;
    this.clock = clock;
  }

  @Override
  public Optional<Caller> identify(Secret shown) {
    return tokens.read(shown).flatMap(claims -> session(shown, claims));
  }

  private Optional<Caller> session(Secret shown, AccessTokens.Claims claims) {
    String hash = AccessTokens.hashOf(shown);
    return data.readSystem(db ->
            db.select(SESSIONS.USER_ID, USERS.IS_ACTIVE)
                .from(SESSIONS)
                .join(USERS)
                .on(USERS.ID.eq(SESSIONS.USER_ID))
                .where(SESSIONS.TOKEN_HASH.eq(hash))
                .and(SESSIONS.EXPIRES_AT.gt(Times.stored(clock.instant())))
                .fetchOptional())
        .filter(row -> row.value1().toString().equals(claims.subject()))
        .map(row -> {
          if (!row.value2()) {
            throw inactive().exception();
          }
          return caller(row.value1());
        });
  }

  static Caller caller(UUID user) {
    return new Caller(false, Optional.of(user.toString()), Optional.of(Callers.ROLE));
  }

  static Problem inactive() {
    return Problem.of("AUDIOTRICKS_INACTIVE", ProblemKind.FORBIDDEN, "the account is switched off")
        .withRemedy("Ask the operator to switch it on again.");
  }
}
