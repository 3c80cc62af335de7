package dev.undercroft.identity;

import java.util.Arrays;
import java.util.Base64;

/**
 * The base64 of bcrypt: the usual one with another alphabet and no padding (OpenBSD's {@code
 * bcrypt.c}). Stateless, thread-safe.
 */
final class BcryptText {

  private static final String USUAL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String BCRYPT =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private BcryptText() {}

  static String encode(byte[] bytes) {
    return translate(Base64.getEncoder().withoutPadding().encodeToString(bytes), USUAL, BCRYPT);
  }

  /** The bits of the last character that do not belong to a byte are ignored, as bcrypt does. */
  static byte[] decode(String text, int length) {
    String usual = translate(text, BCRYPT, USUAL);
    String whole = usual + "A".repeat((4 - usual.length() % 4) % 4);
    return Arrays.copyOf(Base64.getDecoder().decode(whole), length);
  }

  private static String translate(String text, String from, String to) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      result.append(to.charAt(from.indexOf(text.charAt(i))));
    }
    return result.toString();
  }
}
