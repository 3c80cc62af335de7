package dev.undercroft.identity;

import dev.undercroft.base.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tokens that are exchanged for the next one with every use. One that was used already shows that
 * two parties have it: the session ends for both (RFC 9700, 4.14.2). Thread-safe.
 */
public final class RefreshTokens {

  private static final Pattern FORM = Pattern.compile("([A-Za-z0-9-]{1,64})\\.([A-Za-z0-9_-]{43})");

  private final RefreshStore store;
  private final Duration lifetime;
  private final InstantSource clock;

  /**
   * Tokens of sessions.
   *
   * @param store keeps the hashes
   * @param lifetime how long a token counts unless it is used
   * @param clock tells the time
   */
  public RefreshTokens(RefreshStore store, Duration lifetime, InstantSource clock) {
    this.store = store;
    this.lifetime = lifetime;
    this.clock = clock;
  }

  /**
   * A token.
   *
   * @param secret shown once
   * @param hash what is stored
   * @param session whose it is
   * @param expiresAt when it ends
   */
  public record Refresh(Secret secret, String hash, String session, Instant expiresAt) {}

  /** What came of a token that was shown. */
  public sealed interface Outcome {

    /** It counted; this is the next one. */
    record Renewed(Refresh next) implements Outcome {}

    /** It had been used before; the session has been ended. */
    record Reused(String session) implements Outcome {}

    /** It never was one, or its session has ended. */
    record Refused() implements Outcome {}
  }

  /**
   * The first token of a session; the application stores its hash with the session.
   *
   * @param session its id: letters, digits and hyphens, at most 64
   */
  public Refresh first(String session) {
    OpaqueToken token = OpaqueToken.lasting(lifetime, clock.instant());
    String text = session + "." + token.secret().reveal();
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + session + "' cannot be the id of a session");
    }
    return new Refresh(Secret.of(text), Macs.sha256Hex(text), session, token.expiresAt());
  }

  /** Exchanges a token for the next one. Of two at once with the same token, one is a reuse. */
  public Outcome exchange(Secret shown) {
    Optional<String> session = sessionOf(shown);
    if (session.isEmpty()) {
      return new Outcome.Refused();
    }
    Refresh next = first(session.get());
    String oldHash = Macs.sha256Hex(shown.reveal());
    return switch (store.swap(next.session(), oldHash, next.hash(), next.expiresAt())) {
      case DONE -> new Outcome.Renewed(next);
      case GONE -> new Outcome.Refused();
      case OTHER_HASH -> {
        store.end(next.session());
        yield new Outcome.Reused(next.session());
      }
    };
  }

  /** The session that a token says it belongs to; proves nothing. */
  public static Optional<String> sessionOf(Secret shown) {
    Matcher matcher = FORM.matcher(shown.reveal());
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
