package dev.undercroft.storage;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** HKDF-SHA-256 (RFC 5869) of the JDK, in one call. Stateless, thread-safe. */
final class Hkdf {

  private Hkdf() {}

  /** Derives {@code length} bytes from a key for one purpose, which {@code label} names. */
  static byte[] derive(byte[] key, byte[] salt, String label, int length) {
    try {
      var parameters =
          HKDFParameterSpec.ofExtract()
              .addIKM(key)
              .addSalt(salt)
              .thenExpand(label.getBytes(StandardCharsets.UTF_8), length);
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HKDF-SHA256", e);
    }
  }
}
