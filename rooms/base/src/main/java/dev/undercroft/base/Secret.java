package dev.undercroft.base;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A text that must not be shown: a password, a key, a token. Prints as {@code ***} wherever it is
 * printed by accident; only {@link #reveal()} gives the text. Immutable.
 */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /** Wraps a text. */
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself. Call it as late as possible, and never pass the result to a log. */
  public String reveal() {
    return text;
  }

  /** Whether the text is empty. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * The first eight hex digits of its SHA-256, to tell two secrets apart without showing either.
   */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 4);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /** Compares in time that does not depend on where the texts differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            text.getBytes(StandardCharsets.UTF_8), secret.text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
