package dev.undercroft.storage;

import java.security.SecureRandom;

/**
 * A random 256-bit key that seals the objects of one backup or of one epoch of write-ahead log. It
 * leaves memory only wrapped by a {@link KeyRing}. Immutable; prints without its bytes.
 */
public final class DataKey {

  private final byte[] bytes;

  DataKey(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** A new random key. */
  public static DataKey generate() {
    byte[] bytes = new byte[MasterKey.BYTES];
    new SecureRandom().nextBytes(bytes);
    return new DataKey(bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public String toString() {
    return "data key ***";
  }
}
