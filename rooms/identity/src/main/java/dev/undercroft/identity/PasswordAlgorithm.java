package dev.undercroft.identity;

/** A slow hash and how slow it is. Immutable. */
public sealed interface PasswordAlgorithm {

  /** What applications without another promise use. */
  PasswordAlgorithm BCRYPT_12 = new Bcrypt(12);

  /**
   * 64 MiB, 3 passes, 1 lane: the second recommended option of RFC 9106 with one lane, above the
   * least that OWASP ASVS 5 asks for.
   */
  PasswordAlgorithm ARGON2ID_64 = new Argon2id(64 << 10, 3, 1);

  /**
   * Bcrypt, written {@code $2b$}.
   *
   * @param cost the logarithm of the rounds; OWASP ASVS 5 asks for at least 10
   */
  record Bcrypt(int cost) implements PasswordAlgorithm {

    /** Refuses a cost that is too small to protect or too large to serve. */
    public Bcrypt {
      if (cost < 4 || cost > 16) {
        throw new IllegalArgumentException("a bcrypt cost of " + cost);
      }
    }
  }

  /**
   * Argon2id (RFC 9106), version 19, with a salt and a hash of 32 bytes.
   *
   * @param memory KiB
   * @param passes how often the memory is gone over
   * @param lanes how many parts of it, one after the other here
   */
  record Argon2id(int memory, int passes, int lanes) implements PasswordAlgorithm {

    /** Refuses what RFC 9106 does not define. */
    public Argon2id {
      if (memory < 8 * lanes || passes < 1 || lanes < 1) {
        throw new IllegalArgumentException("argon2id of " + memory + " KiB, " + passes + " passes");
      }
    }
  }
}
