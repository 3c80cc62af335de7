package dev.undercroft.audit;

import dev.undercroft.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/** Signs seals (Ed25519, RFC 8032) with a key that no role of the database has. Thread-safe. */
public final class SealKey {

  private static final String ALGORITHM = "Ed25519";

  private final KeyPair pair;

  private SealKey(KeyPair pair) {
    this.pair = pair;
  }

  /** The key that belongs to a secret: the same for the same secret. */
  public static SealKey of(Secret secret) {
    byte[] seed =
        MerkleTree.sha256()
            .digest(("undercroft audit\n" + secret.reveal()).getBytes(StandardCharsets.UTF_8));
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(ALGORITHM);
      generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
      return new SealKey(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  /** The public half, in Base64 (X.509); whoever has it can check seals. */
  public String publicKey() {
    return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
  }

  Seal sign(Seal seal) {
    return seal.signed(publicKey(), sign(seal.message()));
  }

  Archived sign(Archived archived) {
    return archived.signed(sign(archived.message()));
  }

  private String sign(byte[] message) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 does not sign", e);
    }
  }

  /** Whether the seal was signed with this key, and nothing of it changed. */
  boolean fits(Seal seal) {
    return seal.key().equals(publicKey()) && fits(seal.message(), seal.signature());
  }

  /** The same for an archive. */
  boolean fits(Archived archived) {
    return fits(archived.message(), archived.signature());
  }

  private boolean fits(byte[] message, String signed) {
    try {
      PublicKey key =
          KeyFactory.getInstance(ALGORITHM)
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey())));
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(message);
      return signature.verify(Base64.getDecoder().decode(signed));
    } catch (GeneralSecurityException | IllegalArgumentException notASignature) {
      return false;
    }
  }

  /** Gives the seed to a generator that asks for randomness once. */
  private static final class Fixed extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] seed;

    Fixed(byte[] seed) {
      this.seed = seed.clone();
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(Arrays.copyOf(seed, bytes.length), 0, bytes, 0, bytes.length);
    }
  }
}
