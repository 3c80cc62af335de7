package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A 256-bit key with an id that follows from the key itself, so that nobody has to keep ids beside
 * keys. Immutable; prints its id and never its bytes.
 */
public final class CipherKey {

  static final int BYTES = 32;

  private static final int SHORTEST_TEXT = 32;

  private final byte[] bytes;
  private final int id;

  private CipherKey(byte[] bytes) {
    this.bytes = bytes;
    this.id = ByteBuffer.wrap(Macs.hmacSha256(bytes, "undercroft key id 1")).getInt();
  }

  /** A new random key. */
  public static CipherKey random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return new CipherKey(bytes);
  }

  /**
   * A key from a setting: 64 hex digits or the base64 of 32 bytes are the key; any other text of at
   * least 32 characters is made one with HKDF-SHA-256 (RFC 5869).
   *
   * @param name the setting's name, for the problem
   * @throws dev.undercroft.base.ProblemException {@code IDENTITY_WEAK_KEY} if the text is shorter
   *     or repeats a single character
   */
  public static CipherKey of(String name, Secret setting) {
    String text = setting.reveal().strip();
    if (text.length() < SHORTEST_TEXT || text.chars().distinct().count() < 8) {
      throw Problem.of(
              "IDENTITY_WEAK_KEY",
              ProblemKind.INPUT,
              name + " is too short or too simple for a key")
          .withRemedy("Make one with undercroft secrets generate.")
          .with("setting", name)
          .exception();
    }
    if (text.matches("[0-9a-fA-F]{64}")) {
      return new CipherKey(HexFormat.of().parseHex(text));
    }
    if (text.matches("[A-Za-z0-9+/_-]{43}=?")) {
      byte[] decoded =
          Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_').replace("=", ""));
      if (decoded.length == BYTES) {
        return new CipherKey(decoded);
      }
    }
    byte[] material = text.getBytes(StandardCharsets.UTF_8);
    return new CipherKey(Macs.hkdf(material, "undercroft key from text 1"));
  }

  static CipherKey ofBytes(byte[] bytes) {
    return new CipherKey(bytes.clone());
  }

  /** A key for one purpose, derived from this one; the purposes' keys say nothing of each other. */
  public CipherKey derive(String purpose) {
    return new CipherKey(Macs.hkdf(bytes, "undercroft " + purpose));
  }

  /** The id, as eight hex digits. */
  public String id() {
    return HexFormat.of().toHexDigits(id);
  }

  int number() {
    return id;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  SecretKey aes() {
    return new SecretKeySpec(bytes, "AES");
  }

  /**
   * A value that only this key gives, to be kept beside what it encrypted: a wrong key is noticed
   * at the start and not at the first reading.
   */
  public String checkValue() {
    return HexFormat.of()
        .formatHex(Arrays.copyOf(Macs.hmacSha256(bytes, "undercroft check value 1"), 16));
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}
