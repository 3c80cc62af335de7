package dev.undercroft.postgres;

import dev.undercroft.access.TenantContext;
import dev.undercroft.base.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs for whom a transaction acts (HMAC-SHA-256, RFC 2104), so that the database believes only
 * the program that has the key: SQL that an application passes through can read the context it runs
 * in and cannot make another. Immutable, thread-safe.
 *
 * <p>The text is {@code key id:signature:expiry:backend:length of tenant:tenant role}; expiry in
 * seconds since 1970 and compared with the beginning of the transaction, backend the server process
 * that may use it, 0 for any.
 */
public final class ContextKey {

  /** Far longer than any difference of clocks, far shorter than anything worth stealing. */
  private static final Duration LIFETIME = Duration.ofMinutes(10);

  private static final int BLOCK = 64;
  private static final byte INNER = 0x36;
  private static final byte OUTER = 0x5c;

  private final byte[] key;
  private final int id;

  private ContextKey(byte[] key) {
    this.key = key;
    this.id = java.nio.ByteBuffer.wrap(sha256(pad(OUTER))).getInt() & Integer.MAX_VALUE;
  }

  /** The key that belongs to a secret. */
  public static ContextKey of(Secret secret) {
    return new ContextKey(sha256(secret.reveal().getBytes(StandardCharsets.UTF_8)));
  }

  /** Tells keys apart. */
  int id() {
    return id;
  }

  /** The key in the two forms that HMAC needs, for a server without HMAC of its own. */
  String innerPad() {
    return HexFormat.of().formatHex(pad(INNER));
  }

  String outerPad() {
    return HexFormat.of().formatHex(pad(OUTER));
  }

  /**
   * Lets a database believe what this key signs.
   *
   * @param connection may write the platform's tables
   */
  public void install(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO undercroft.context_key (id, inner_pad, outer_pad)"
                + " VALUES (?, decode(?, 'hex'), decode(?, 'hex')) ON CONFLICT DO NOTHING")) {
      insert.setInt(1, id);
      insert.setString(2, innerPad());
      insert.setString(3, outerPad());
      insert.executeUpdate();
    }
  }

  private byte[] pad(byte filler) {
    byte[] block = Arrays.copyOf(key, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      block[i] ^= filler;
    }
    return block;
  }

  /**
   * A signed context.
   *
   * @param backend the server process that may use it, 0 for any
   */
  String sign(TenantContext context, int backend, Instant now) {
    String message =
        now.plus(LIFETIME).getEpochSecond()
            + ":"
            + backend
            + ":"
            + context.tenant().codePointCount(0, context.tenant().length())
            + ":"
            + context.tenant()
            + context.role();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] signature = mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
      return id + ":" + HexFormat.of().formatHex(signature) + ":" + message;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no HmacSHA256", e);
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "context key " + id;
  }
}
