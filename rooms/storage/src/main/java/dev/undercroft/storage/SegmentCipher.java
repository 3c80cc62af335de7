package dev.undercroft.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals one object in small segments, each authenticated by itself and bound to the object and to
 * its position. One thread at a time.
 *
 * <p>The object has a key of its own: HKDF of the data key, with 32 random bytes as salt and the
 * object's name as part of the label. Because no other object has that key, a counter serves as
 * nonce: eight bytes of position, three zero bytes, one byte that is 1 for the last segment (the
 * STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so that cutting, swapping
 * and repeating segments is noticed. The name is authenticated with every segment.
 *
 * <p>Segments stay at or below 256 KiB: one large {@code doFinal} of the JDK's GCM is many times
 * slower than the same bytes in small messages.
 */
public final class SegmentCipher {

  /** The largest segment, in bytes of plain text. */
  public static final int MAX_SEGMENT = 256 * 1024;

  /** How many bytes a segment grows by being sealed. */
  public static final int OVERHEAD = 16;

  static final int SALT_BYTES = 32;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final byte[] salt;
  private final byte[] name;
  private final String object;
  private final Cipher cipher;

  private SegmentCipher(DataKey dataKey, String object, byte[] salt) {
    this.object = object;
    this.salt = salt;
    this.name = ("undercroft segments 1\n" + object).getBytes(StandardCharsets.UTF_8);
    byte[] own =
        Hkdf.derive(dataKey.bytes(), salt, "undercroft object 1\n" + object, MasterKey.BYTES);
    this.key = new SecretKeySpec(own, "AES");
    try {
      this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /** For a new object, with a new random salt. */
  public static SegmentCipher seal(DataKey dataKey, String object) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return new SegmentCipher(dataKey, object, salt);
  }

  /** For an object that was sealed with this salt. */
  public static SegmentCipher open(DataKey dataKey, String object, byte[] salt) {
    return new SegmentCipher(dataKey, object, salt.clone());
  }

  /** The salt, which must be kept beside the object and is no secret. */
  public byte[] salt() {
    return salt.clone();
  }

  /**
   * Seals the segment at a position. Each position must be sealed once only.
   *
   * @param position from 0
   * @param plain the bytes; at most {@link #MAX_SEGMENT}
   * @param last whether the object ends here
   */
  public byte[] seal(long position, ByteBuffer plain, Last last) {
    byte[] out = new byte[plain.remaining() + OVERHEAD];
    seal(position, plain, last, ByteBuffer.wrap(out));
    return out;
  }

  /**
   * Seals the segment at a position into a buffer of the caller.
   *
   * @param out has room for the plain bytes and {@link #OVERHEAD} more
   */
  public void seal(long position, ByteBuffer plain, Last last, ByteBuffer out) {
    if (plain.remaining() > MAX_SEGMENT) {
      throw new IllegalArgumentException("segment of " + plain.remaining() + " bytes");
    }
    try {
      start(Cipher.ENCRYPT_MODE, position, last);
      cipher.doFinal(plain, out);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("sealing " + object + " failed", e);
    }
  }

  /**
   * Opens the segment at a position.
   *
   * @throws dev.undercroft.base.ProblemException {@code STORAGE_DAMAGED} when it is not exactly
   *     what was sealed there
   */
  public byte[] open(long position, ByteBuffer sealed, Last last) {
    if (sealed.remaining() < OVERHEAD || sealed.remaining() > MAX_SEGMENT + OVERHEAD) {
      throw StorageProblems.damaged(object, "segment " + position + " has an impossible length");
    }
    try {
      byte[] out = new byte[sealed.remaining() - OVERHEAD];
      start(Cipher.DECRYPT_MODE, position, last);
      cipher.doFinal(sealed, ByteBuffer.wrap(out));
      return out;
    } catch (AEADBadTagException e) {
      throw StorageProblems.damaged(
          object, "segment " + position + " was changed, moved or sealed with another key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("opening " + object + " failed", e);
    }
  }

  /** Whether a segment is the last of its object. */
  public enum Last {
    /** More follow. */
    NO,
    /** The object ends here. */
    YES
  }

  private void start(int mode, long position, Last last) throws GeneralSecurityException {
    ByteBuffer nonce = ByteBuffer.allocate(12).putLong(position);
    nonce.put(11, (byte) (last == Last.YES ? 1 : 0));
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce.array()));
    cipher.updateAAD(name);
  }
}
