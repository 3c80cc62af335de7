package dev.undercroft.identity;

import dev.undercroft.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Hashes and checks passwords. Thread-safe.
 *
 * <p>What is hashed is the base64 of HMAC-SHA-384 under a pepper (OWASP Password Storage Cheat
 * Sheet): always 64 characters, so that bcrypt neither cuts a long password nor stops at a NUL, and
 * a hash cannot be checked without the pepper, which is kept outside the database. Before, the
 * password is brought to Unicode form NFKC (NIST SP 800-63B-4, 3.1.1.2).
 *
 * <p>The pepper cannot be changed without the passwords. To have something that can, {@link
 * #sealedBy} encrypts the hash once more under a ring of keys and binds it to its owner: these keys
 * rotate with {@link #renew}, and a hash that is copied to another account does not open.
 *
 * <p>Every check computes exactly one slow hash, also when there is no account, no password, or
 * nothing that could match: the time says nothing about accounts.
 */
public final class Passwords {

  /** Longer passwords never match and are never hashed in full. */
  public static final int LONGEST = 1024;

  private static final String SEALED = "$sealed$";

  private final PasswordAlgorithm algorithm;
  private final CipherKey pepper;
  private final HashGate gate;
  private final SlowHash slowHash;
  private final Optional<FieldCipher> seal;
  private final SecureRandom random = new SecureRandom();

  /**
   * Passwords whose hash is stored as it is.
   *
   * @param algorithm for new hashes; old ones of another algorithm or cost still match
   * @param pepper a key that is used for nothing else
   * @param gate bounds how many run at once
   */
  public Passwords(PasswordAlgorithm algorithm, CipherKey pepper, HashGate gate) {
    this(algorithm, pepper, gate, (input, like) -> like.of(input).text(), Optional.empty());
  }

  Passwords(
      PasswordAlgorithm algorithm,
      CipherKey pepper,
      HashGate gate,
      SlowHash slowHash,
      Optional<FieldCipher> seal) {
    this.algorithm = algorithm;
    this.pepper = pepper;
    this.gate = gate;
    this.slowHash = slowHash;
    this.seal = seal;
  }

  /** The same, with hashes encrypted once more; those stored without still match. */
  public Passwords sealedBy(FieldCipher cipher) {
    return new Passwords(algorithm, pepper, gate, slowHash, Optional.of(cipher));
  }

  /**
   * The text to store for a new password: at most 255 characters.
   *
   * @param owner the id of the account; needed again to check
   * @throws dev.undercroft.base.ProblemException {@code IDENTITY_BUSY} if too many are being hashed
   * @throws IllegalArgumentException if the password is longer than {@link #LONGEST}; a {@link
   *     PasswordPolicy} says so before
   */
  public String hash(Secret password, String owner) {
    if (isTooLong(password)) {
      throw new IllegalArgumentException("a password longer than " + LONGEST + " characters");
    }
    EncodedHash fresh = EncodedHash.random(algorithm, random);
    String text = gate.pass(() -> slowHash.hash(input(password), fresh));
    return seal.map(cipher -> SEALED + cipher.seal(text, place(owner))).orElse(text);
  }

  /**
   * As {@link #hash}, with the salt as a text of its own for tables that promise a column for it.
   * Needs an algorithm with a salt of 32 bytes, which is Argon2id.
   */
  public Salted hashWithSalt(Secret password, String owner) {
    if (algorithm instanceof PasswordAlgorithm.Bcrypt || seal.isPresent()) {
      throw new IllegalStateException("the salt is told with argon2id in the open only");
    }
    String hash = hash(password, owner);
    byte[] salt = EncodedHash.parse(hash).orElseThrow().salt();
    return new Salted(hash, Base64.getEncoder().encodeToString(salt));
  }

  /**
   * A hash and its salt.
   *
   * @param hash the text to store, in which the salt stands, too
   * @param salt base64 of 32 random bytes
   */
  public record Salted(String hash, String salt) {}

  /**
   * Checks a password.
   *
   * @param stored what {@link #hash} gave; empty if there is no such account or it has no password
   * @param owner the id of the account, any text if there is none
   * @throws dev.undercroft.base.ProblemException {@code IDENTITY_BUSY}; {@code
   *     IDENTITY_SEALED_WRONG} or {@code IDENTITY_KEY_MISSING} for a sealed hash that does not open
   */
  public Verdict check(Secret password, Optional<String> stored, String owner) {
    Optional<EncodedHash> known = stored.flatMap(text -> EncodedHash.parse(opened(text, owner)));
    EncodedHash like = known.orElseGet(() -> EncodedHash.random(algorithm, random));
    boolean tooLong = isTooLong(password);
    byte[] input = tooLong ? input(Secret.of("")) : input(password);
    String computed = gate.pass(() -> slowHash.hash(input, like));
    boolean equal = constantTimeEquals(computed, like.text());
    boolean matches = equal && known.isPresent() && !tooLong;
    return new Verdict(matches, matches && isOutdated(stored.orElse(""), like));
  }

  /**
   * What a check found.
   *
   * @param matches whether it is the password
   * @param outdated whether it should be hashed again now, while it is at hand
   */
  public record Verdict(boolean matches, boolean outdated) {}

  /**
   * A stored hash under the sealing key that is first in the ring now, without the password; empty
   * if it is already, or was stored without a seal and there is none.
   */
  public Optional<String> renew(String stored, String owner) {
    if (seal.isEmpty()) {
      return Optional.empty();
    }
    if (!stored.startsWith(SEALED)) {
      return Optional.of(SEALED + seal.get().seal(stored, place(owner)));
    }
    return seal.get().renew(stored.substring(SEALED.length()), place(owner)).map(SEALED::concat);
  }

  private boolean isOutdated(String stored, EncodedHash hash) {
    return !hash.algorithm().equals(algorithm) || !isSealedAsWanted(stored);
  }

  private boolean isSealedAsWanted(String stored) {
    if (seal.isEmpty() || !stored.startsWith(SEALED)) {
      return seal.isEmpty() && !stored.startsWith(SEALED);
    }
    String key = seal.get().keyOf(stored.substring(SEALED.length()), place(""));
    return key.equals(seal.get().primaryId());
  }

  private String opened(String stored, String owner) {
    if (!stored.startsWith(SEALED)) {
      return stored;
    }
    return seal.orElseThrow(
            () -> new IllegalStateException("a sealed hash needs the keys that sealed it"))
        .open(stored.substring(SEALED.length()), place(owner));
  }

  private static FieldPlace place(String owner) {
    return new FieldPlace("password", "hash", owner, owner);
  }

  private static boolean isTooLong(Secret password) {
    String text = password.reveal();
    return text.codePointCount(0, text.length()) > LONGEST;
  }

  private byte[] input(Secret password) {
    byte[] text =
        Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC)
            .getBytes(StandardCharsets.UTF_8);
    byte[] mac = Macs.hmac("HmacSHA384", pepper.bytes(), text);
    Arrays.fill(text, (byte) 0);
    return Base64.getEncoder().encode(mac);
  }

  private static boolean constantTimeEquals(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
