package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts single values of a database with AES-256-GCM (NIST SP 800-38D) under a ring of keys: the
 * first key encrypts, every key of the ring decrypts. Immutable, thread-safe.
 *
 * <p>A value is {@code 1 | key id 4 | nonce 12 | text | tag 16}, in base64url without padding. Its
 * {@link FieldPlace}, the format and the key's id are authenticated with it.
 *
 * <p>To rotate: add the new key behind the first on all nodes, then put it first, then {@link
 * #renew} every value in the background, then take the old key away. A key must not encrypt more
 * than 2^28 values, far below the limit of 2^32 for random nonces; {@link OwnerKeys} keep the
 * counts small.
 */
public final class FieldCipher {

  private static final byte FORMAT = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int SHORTEST = 1 + 4 + NONCE + TAG_BITS / 8;

  private final Map<Integer, CipherKey> keys = new LinkedHashMap<>();
  private final SecureRandom random = new SecureRandom();

  /**
   * A cipher with these keys.
   *
   * @param keys the first encrypts; not empty
   */
  public FieldCipher(List<CipherKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a cipher needs a key");
    }
    keys.forEach(key -> this.keys.put(key.number(), key));
  }

  /** A cipher with one key. */
  public static FieldCipher of(CipherKey key) {
    return new FieldCipher(List.of(key));
  }

  /** The id of the key that encrypts. */
  public String primaryId() {
    return primary().id();
  }

  private CipherKey primary() {
    return keys.values().iterator().next();
  }

  /** Encrypts a text for one place. */
  public String seal(String text, FieldPlace place) {
    return sealBytes(text.getBytes(StandardCharsets.UTF_8), place);
  }

  /** Encrypts bytes for one place. */
  public String sealBytes(byte[] bytes, FieldPlace place) {
    CipherKey key = primary();
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          gcm(Cipher.ENCRYPT_MODE, key.aes(), nonce, place.authenticated(FORMAT, key.number()))
              .doFinal(bytes);
      byte[] value =
          ByteBuffer.allocate(1 + 4 + NONCE + sealed.length)
              .put(FORMAT)
              .putInt(key.number())
              .put(nonce)
              .put(sealed)
              .array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting failed", e);
    }
  }

  /**
   * Decrypts a text.
   *
   * @throws ProblemException as {@link #openBytes}
   */
  public String open(String sealed, FieldPlace place) {
    return new String(openBytes(sealed, place), StandardCharsets.UTF_8);
  }

  /**
   * Decrypts bytes.
   *
   * @throws ProblemException {@code IDENTITY_KEY_MISSING} if the ring lacks the key, {@code
   *     IDENTITY_SEALED_WRONG} if the value was changed or belongs to another place
   */
  public byte[] openBytes(String sealed, FieldPlace place) {
    ByteBuffer value = ByteBuffer.wrap(decode(sealed, place));
    byte format = value.get();
    int id = value.getInt();
    CipherKey key = keys.get(id);
    if (format != FORMAT) {
      throw wrong(place);
    }
    if (key == null) {
      throw missing(id);
    }
    byte[] nonce = new byte[NONCE];
    value.get(nonce);
    byte[] rest = new byte[value.remaining()];
    value.get(rest);
    try {
      return gcm(Cipher.DECRYPT_MODE, key.aes(), nonce, place.authenticated(FORMAT, id))
          .doFinal(rest);
    } catch (AEADBadTagException e) {
      throw wrong(place);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("decrypting failed", e);
    }
  }

  /** The id of the key that a value was encrypted with, as eight hex digits. */
  public String keyOf(String sealed, FieldPlace place) {
    return HexFormat.of().toHexDigits(ByteBuffer.wrap(decode(sealed, place)).getInt(1));
  }

  /**
   * The same value under the key that encrypts now; empty if it is already.
   *
   * @throws ProblemException as {@link #openBytes}
   */
  public Optional<String> renew(String sealed, FieldPlace place) {
    return keyOf(sealed, place).equals(primaryId())
        ? Optional.empty()
        : Optional.of(sealBytes(openBytes(sealed, place), place));
  }

  /** The check value of every key, by its id: store them beside the values. */
  public Map<String, String> checkValues() {
    return keys.values().stream()
        .collect(Collectors.toMap(CipherKey::id, CipherKey::checkValue, (a, b) -> a));
  }

  /**
   * Refuses a ring that cannot open what is stored; to be called before the first request.
   *
   * @param stored the check values that were stored when values were written
   * @throws ProblemException with every key that is missing or wrong
   */
  public void refuseWrongKeys(Map<String, String> stored) {
    Map<String, String> own = checkValues();
    List<Problem> problems =
        stored.entrySet().stream()
            .filter(entry -> !entry.getValue().equals(own.get(entry.getKey())))
            .map(entry -> missingProblem(entry.getKey()))
            .toList();
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  /** AES-GCM with a tag of 128 bits, ready for the text. */
  static Cipher gcm(int mode, SecretKey key, byte[] nonce, byte[] authenticated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(authenticated);
    return cipher;
  }

  private static byte[] decode(String sealed, FieldPlace place) {
    try {
      byte[] value = Base64.getUrlDecoder().decode(sealed);
      if (value.length >= SHORTEST) {
        return value;
      }
    } catch (IllegalArgumentException notBase64) {
      throw wrong(place);
    }
    throw wrong(place);
  }

  private static ProblemException wrong(FieldPlace place) {
    return Problem.of(
            "IDENTITY_SEALED_WRONG",
            ProblemKind.EXTERNAL,
            "the encrypted value in %s.%s does not open".formatted(place.table(), place.column()))
        .withRemedy("It was changed or moved here from another row. Restore the row from a backup.")
        .with("table", place.table())
        .with("column", place.column())
        .exception();
  }

  private static ProblemException missing(int id) {
    return missingProblem(HexFormat.of().toHexDigits(id)).exception();
  }

  private static Problem missingProblem(String id) {
    return Problem.of(
            "IDENTITY_KEY_MISSING",
            ProblemKind.INPUT,
            "the key " + id + " is needed to read encrypted values and is not at hand")
        .withRemedy("Add it to the ring of keys again; without it these values are lost.")
        .with("key", id);
  }
}
