package dev.undercroft.identity;

import java.time.Duration;

/**
 * How long tokens last when an application has made no other promise. Sources: OWASP ASVS 5,
 * chapters 6.4 to 7.3; NIST SP 800-63B-4.
 */
public enum TokenLifetime {
  /** A link that signs in; bound to the browser that asked for it. */
  MAGIC_LINK(Duration.ofMinutes(10)),
  /** A link to choose a new password; a new one ends older ones, and using it ends all sessions. */
  PASSWORD_RESET(Duration.ofMinutes(30)),
  /** A link that proves an address. */
  MAIL_VERIFICATION(Duration.ofDays(1)),
  /** An invitation of somebody without special rights. */
  INVITATION(Duration.ofDays(7)),
  /** An invitation of somebody who administrates. */
  ADMIN_INVITATION(Duration.ofDays(2)),
  /** A bearer token beside a session that can be ended at once. */
  ACCESS(Duration.ofMinutes(10)),
  /** The longest time a person stays signed in. */
  SESSION(Duration.ofDays(30)),
  /** The longest time somebody who administrates stays signed in. */
  ADMIN_SESSION(Duration.ofHours(12)),
  /** A key of a program. */
  API_KEY(Duration.ofDays(90));

  private final Duration duration;

  TokenLifetime(Duration duration) {
    this.duration = duration;
  }

  /** The time. */
  public Duration duration() {
    return duration;
  }
}
