package dev.undercroft.identity;

/** One slow hash: behind an interface, so that tests can count how many there were. */
@FunctionalInterface
interface SlowHash {

  /**
   * The encoded hash of an input.
   *
   * @param input 64 characters of ASCII
   * @param like the encoded hash whose algorithm, cost and salt are used
   */
  String hash(byte[] input, EncodedHash like);
}
