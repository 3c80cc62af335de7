package dev.undercroft.storage;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that wraps other keys and is kept outside the repository. 256 bits. Immutable; prints
 * without its bytes.
 */
public final class MasterKey {

  static final int BYTES = 32;

  private final byte[] bytes;
  private final String id;

  MasterKey(byte[] bytes) {
    this.bytes = bytes.clone();
    this.id = HexFormat.of().formatHex(Hkdf.derive(bytes, new byte[0], "undercroft key id 1", 4));
  }

  /**
   * Reads a key from its text: 64 hexadecimal digits, or 32 bytes in Base64 (either alphabet).
   *
   * @param source where the text comes from, for the message; for example {@code
   *     BACKUP_ENCRYPTION_KEY}
   * @throws ProblemException {@code STORAGE_BAD_KEY}; the message never holds the text
   */
  public static MasterKey parse(Secret text, String source) {
    byte[] decoded = decode(text.reveal().strip());
    if (decoded.length != BYTES) {
      throw bad(source, "is not 32 bytes in hexadecimal or Base64");
    }
    boolean constant = true;
    for (byte each : decoded) {
      constant &= each == decoded[0];
    }
    if (constant) {
      throw bad(source, "repeats a single byte");
    }
    return new MasterKey(decoded);
  }

  private static byte[] decode(String text) {
    try {
      if (text.matches("[0-9a-fA-F]{64}")) {
        return HexFormat.of().parseHex(text);
      }
      return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
  }

  private static ProblemException bad(String source, String what) {
    return Problem.of("STORAGE_BAD_KEY", ProblemKind.INPUT, "the key in " + source + " " + what)
        .withRemedy(
            "Make one with `undercroft secrets generate`, and keep a copy outside this machine.")
        .exception();
  }

  /**
   * Eight hex digits that name the key without giving it away: derived from it by HKDF, so the same
   * key has the same id everywhere.
   */
  public String id() {
    return id;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MasterKey key && java.security.MessageDigest.isEqual(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "key " + id;
  }
}
