package dev.undercroft.catalog;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Digests of objects: equal exactly when all compared attributes are. Stateless. */
public final class Fingerprint {

  private Fingerprint() {}

  /** The digest of one object, 32 hex digits. */
  public static String of(CatalogObject object) {
    return of(List.of(object));
  }

  /** The digest of objects in this order, 32 hex digits of their SHA-256. */
  public static String of(Collection<CatalogObject> objects) {
    MessageDigest digest = sha256();
    for (CatalogObject object : objects) {
      ObjectId id = object.id();
      add(digest, id.kind().name());
      add(digest, id.schema());
      add(digest, id.parent());
      add(digest, id.name());
      add(digest, id.arguments());
      for (Map.Entry<Attribute, String> value : object.values().entrySet()) {
        if (value.getKey().isCompared()) {
          add(digest, value.getKey().name());
          add(digest, value.getKey().comparable(value.getValue()));
        }
      }
      digest.update((byte) 1);
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
