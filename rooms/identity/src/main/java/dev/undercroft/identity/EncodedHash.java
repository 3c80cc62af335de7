package dev.undercroft.identity;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password hash with all that is needed to compute it again, in the usual text forms: {@code
 * $2b$12$…} of bcrypt, {@code $argon2id$v=19$m=…,t=…,p=…$salt$hash} of the PHC string format.
 * Immutable.
 *
 * @param algorithm which one, and its cost
 * @param salt 16 bytes for bcrypt, any number for Argon2id
 * @param digest the hash itself
 */
// Never compared as a record: texts are compared, in constant time.
@SuppressWarnings("ArrayRecordComponent")
record EncodedHash(PasswordAlgorithm algorithm, byte[] salt, byte[] digest) {

  private static final int BCRYPT_SALT = 16;
  private static final int BCRYPT_DIGEST = 23;
  private static final int ARGON_BYTES = 32;
  private static final Pattern BCRYPT_TEXT =
      Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");
  private static final Pattern ARGON_TEXT =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  /** A new salt and a random digest: nobody's password. */
  static EncodedHash random(PasswordAlgorithm algorithm, SecureRandom random) {
    boolean bcrypt = algorithm instanceof PasswordAlgorithm.Bcrypt;
    byte[] salt = new byte[bcrypt ? BCRYPT_SALT : ARGON_BYTES];
    byte[] digest = new byte[bcrypt ? BCRYPT_DIGEST : ARGON_BYTES];
    random.nextBytes(salt);
    random.nextBytes(digest);
    return new EncodedHash(algorithm, salt, digest);
  }

  static Optional<EncodedHash> parse(String text) {
    Matcher bcrypt = BCRYPT_TEXT.matcher(text);
    if (bcrypt.matches()) {
      int cost = Integer.parseInt(bcrypt.group(1));
      if (cost < 4 || cost > 16) {
        return Optional.empty();
      }
      return Optional.of(
          new EncodedHash(
              new PasswordAlgorithm.Bcrypt(cost),
              BcryptText.decode(bcrypt.group(2), BCRYPT_SALT),
              BcryptText.decode(bcrypt.group(3), BCRYPT_DIGEST)));
    }
    Matcher argon = ARGON_TEXT.matcher(text);
    return argon.matches() ? argon(argon) : Optional.empty();
  }

  private static Optional<EncodedHash> argon(Matcher text) {
    try {
      return Optional.of(
          new EncodedHash(
              new PasswordAlgorithm.Argon2id(
                  Integer.parseInt(text.group(1)),
                  Integer.parseInt(text.group(2)),
                  Integer.parseInt(text.group(3))),
              Base64.getDecoder().decode(text.group(4)),
              Base64.getDecoder().decode(text.group(5))));
    } catch (IllegalArgumentException notOne) {
      return Optional.empty();
    }
  }

  /** This algorithm, cost and salt for an input; the real slow hash. */
  EncodedHash of(byte[] input) {
    return switch (algorithm) {
      case PasswordAlgorithm.Bcrypt bcrypt ->
          parse(OpenBSDBCrypt.generate("2b", input, salt, bcrypt.cost())).orElseThrow();
      case PasswordAlgorithm.Argon2id argon -> {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
            new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(argon.memory())
                .withIterations(argon.passes())
                .withParallelism(argon.lanes())
                .withSalt(salt)
                .build());
        byte[] hash = new byte[digest.length];
        generator.generateBytes(input, hash);
        yield new EncodedHash(algorithm, salt, hash);
      }
    };
  }

  String text() {
    return switch (algorithm) {
      case PasswordAlgorithm.Bcrypt bcrypt ->
          "$2b$%02d$%s%s"
              .formatted(bcrypt.cost(), BcryptText.encode(salt), BcryptText.encode(digest));
      case PasswordAlgorithm.Argon2id argon ->
          "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
              .formatted(
                  argon.memory(), argon.passes(), argon.lanes(), base64(salt), base64(digest));
    };
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }
}
