package dev.undercroft.apps.seda;

import java.security.SecureRandom;

/** Makes the codes by which an artist's page proves whose it is. Thread-safe. */
final class ClaimCode {

  static final String PREFIX = "SEDA-";

  /** Without letters and digits that look alike. */
  private static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

  private final SecureRandom random = new SecureRandom();
  private final int length;

  /**
   * Codes of this many characters after the prefix; each carries 5 bits.
   *
   * @param length at least 8
   */
  ClaimCode(int length) {
    if (length < 8) {
      throw new IllegalArgumentException(
          "a claim code of " + length + " characters can be guessed");
    }
    this.length = length;
  }

  /** A new code. */
  String next() {
    StringBuilder code = new StringBuilder(PREFIX);
    for (int i = 0; i < length; i++) {
      code.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return code.toString();
  }
}
