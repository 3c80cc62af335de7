package dev.undercroft.identity;

import dev.undercroft.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * Keys for programs: {@code shop_live_<id 8>_<secret 43><checksum 6>}, letters and digits only, so
 * that scanners for leaked secrets find them whole. The checksum spares the database questions for
 * typing errors and lets such scanners work offline; it protects nothing. Thread-safe.
 */
public final class ApiKeys {

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID = 8;
  private static final int SECRET = 43;
  private static final int CHECKSUM = 6;
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9]{0,19}_(?:live|test)_)([0-9A-Za-z]{8})_([0-9A-Za-z]{49})");

  private final String prefix;
  private final CipherKey pepper;
  private final SecureRandom random = new SecureRandom();

  /**
   * Keys of one application and environment.
   *
   * @param application small letters and digits, at most 20
   * @param live false for keys that reach test data only
   * @param pepper a key that is used for nothing else, kept outside the database
   */
  public ApiKeys(String application, boolean live, CipherKey pepper) {
    this.prefix = application + (live ? "_live_" : "_test_");
    this.pepper = pepper;
    if (!FORM.matcher(prefix + "0".repeat(ID) + "_" + "0".repeat(SECRET + CHECKSUM)).matches()) {
      throw new IllegalArgumentException("'" + application + "' cannot begin an API key");
    }
  }

  /**
   * A new key.
   *
   * @param secret the whole key, shown once
   * @param id its public part, unique, to look it up by and to show in lists
   * @param hash what is stored: HMAC-SHA-256 in hex
   * @param lastFour its last characters, to tell keys apart
   */
  public record NewKey(Secret secret, String id, String hash, String lastFour) {}

  /**
   * A key that somebody shows.
   *
   * @param id to look it up by
   * @param hash equal to the stored one if the key is right; compare with {@link #matches}
   */
  public record ShownKey(String id, String hash) {

    /** Whether this is the key with that stored hash; in constant time. */
    public boolean matches(String stored) {
      return Secret.of(hash).equals(Secret.of(stored));
    }
  }

  /** Makes a key. */
  public NewKey create() {
    String body = prefix + text(ID) + "_" + text(SECRET);
    String key = body + checksum(body);
    return new NewKey(
        Secret.of(key),
        key.substring(prefix.length(), prefix.length() + ID),
        hash(key),
        key.substring(key.length() - 4));
  }

  /** Reads a key; empty if it is mistyped, or of another application or environment. */
  public Optional<ShownKey> read(Secret shown) {
    String key = shown.reveal();
    Matcher matcher = FORM.matcher(key);
    if (!matcher.matches() || !matcher.group(1).equals(prefix)) {
      return Optional.empty();
    }
    String body = key.substring(0, key.length() - CHECKSUM);
    return key.endsWith(checksum(body))
        ? Optional.of(new ShownKey(matcher.group(2), hash(key)))
        : Optional.empty();
  }

  private String hash(String key) {
    return HexFormat.of().formatHex(Macs.hmacSha256(pepper.bytes(), key));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  private static String checksum(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    StringBuilder text = new StringBuilder();
    long rest = crc.getValue();
    for (int i = 0; i < CHECKSUM; i++) {
      text.append(DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return text.reverse().toString();
  }
}
