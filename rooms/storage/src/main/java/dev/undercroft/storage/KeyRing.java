package dev.undercroft.storage;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The master keys at hand: the first wraps, all unwrap. To rotate, put the new key first, {@link
 * #rewrap} what the old one wrapped, and take the old one away when nothing names it any more; the
 * data itself is not touched. Immutable, thread-safe.
 *
 * <p>Wrapping is AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D, 8.2.2). The purpose is
 * authenticated with it, so a key wrapped for one repository or backup cannot be moved to another.
 */
public final class KeyRing {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, MasterKey> keys = new LinkedHashMap<>();

  /**
   * A ring of these keys.
   *
   * @param keys the first is the one that wraps; not empty
   */
  public KeyRing(List<MasterKey> keys) {
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("a key ring needs a key");
    }
    keys.forEach(key -> this.keys.put(key.id(), key));
  }

  /** The id of the key that wraps. */
  public String primaryId() {
    return keys.keySet().iterator().next();
  }

  /**
   * Wraps a key under the primary key.
   *
   * @param purpose what the key is for, for example {@code repository 3f… backup b…}; the same text
   *     is needed to unwrap
   */
  public WrappedKey wrap(DataKey key, String purpose) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, primaryId(), nonce, purpose);
      byte[] sealed = cipher.doFinal(key.bytes());
      byte[] both =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return new WrappedKey(primaryId(), Base64.getEncoder().encodeToString(both));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("wrapping a key failed", e);
    }
  }

  /**
   * Unwraps a key.
   *
   * @throws dev.undercroft.base.ProblemException {@code STORAGE_KEY_MISSING} when the ring lacks
   *     the master key, {@code STORAGE_KEY_WRONG} when the wrapped key was changed or belongs to
   *     another purpose
   */
  public DataKey unwrap(WrappedKey wrapped, String purpose) {
    if (!keys.containsKey(wrapped.masterKeyId())) {
      throw missing(wrapped.masterKeyId());
    }
    try {
      byte[] both = Base64.getDecoder().decode(wrapped.sealed());
      byte[] nonce = java.util.Arrays.copyOf(both, NONCE_BYTES);
      byte[] sealed = java.util.Arrays.copyOfRange(both, NONCE_BYTES, both.length);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrapped.masterKeyId(), nonce, purpose);
      return new DataKey(cipher.doFinal(sealed));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      // Neither Base64, nor as long as a nonce, nor what was sealed: all are changes.
      throw Problem.of(
              "STORAGE_KEY_WRONG",
              ProblemKind.EXTERNAL,
              "the wrapped key of " + purpose + " does not open")
          .withRemedy(
              "It was changed, or it belongs to something else. Use another copy of the repository.")
          .exception(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("unwrapping a key failed", e);
    }
  }

  /** The same data key under the primary key; needs the old and the new master key. */
  public WrappedKey rewrap(WrappedKey wrapped, String purpose) {
    return wrap(unwrap(wrapped, purpose), purpose);
  }

  private dev.undercroft.base.ProblemException missing(String id) {
    return Problem.of(
            "STORAGE_KEY_MISSING",
            ProblemKind.INPUT,
            "master key " + id + " is needed and not at hand")
        .withDetail("At hand: " + String.join(", ", keys.keySet()))
        .withRemedy(
            "Set BACKUP_ENCRYPTION_KEY or BACKUP_ENCRYPTION_KEY_BEFORE to the key with this id;"
                + " without it nobody can read the data.")
        .with("key", id)
        .exception();
  }

  private Cipher cipher(int mode, String keyId, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    MasterKey master = java.util.Objects.requireNonNull(keys.get(keyId));
    byte[] wrapping =
        Hkdf.derive(master.bytes(), new byte[0], "undercroft wrap 1", MasterKey.BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(wrapping, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((keyId + "\n" + purpose).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
