package dev.undercroft.identity;

import dev.undercroft.base.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token that means nothing by itself: 256 random bits in base64url, 43 characters. Only its hash
 * is stored, so that nobody who reads the database can use it. For links in mails, invitations,
 * resets, guests, sessions. Immutable.
 *
 * <p>To use one up, the application asks its table in one statement, so that of two at once only
 * one succeeds, and an expired one never does:
 *
 * <pre>{@code
 * update password_reset_tokens set used_at = now()
 * where token_hash = ? and used_at is null and expires_at > now()
 * returning user_id
 * }</pre>
 *
 * <p>A link opens a page and uses nothing up, because scanners of mail open links, too; the page
 * then posts the token.
 *
 * @param secret what goes to the person; shown once
 * @param hash what is stored: SHA-256 in 64 hex digits; enough for 256 random bits
 * @param expiresAt when it ends
 */
public record OpaqueToken(Secret secret, String hash, Instant expiresAt) {

  private static final int BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  /** A new token that ends after this time. */
  public static OpaqueToken lasting(Duration lifetime, Instant now) {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    return new OpaqueToken(Secret.of(text), Macs.sha256Hex(text), now.plus(lifetime));
  }

  /**
   * The hash to look for when somebody shows a token; empty if it cannot be one, which spares the
   * question to the database.
   */
  public static Optional<String> hashOf(Secret shown) {
    return FORM.matcher(shown.reveal()).matches()
        ? Optional.of(Macs.sha256Hex(shown.reveal()))
        : Optional.empty();
  }

  /**
   * The hash of this token together with what only the browser that asked for it has, for example
   * the value of a cookie: a link that was forwarded or intercepted is of no use elsewhere.
   */
  public String hashBoundTo(Secret browser) {
    return bound(secret, browser);
  }

  /** As {@link #hashOf}, for a token that was bound by {@link #hashBoundTo}. */
  public static Optional<String> hashOf(Secret shown, Secret browser) {
    return hashOf(shown).map(hash -> bound(shown, browser));
  }

  private static String bound(Secret token, Secret browser) {
    return Macs.sha256Hex(token.reveal() + "\0" + browser.reveal());
  }
}
