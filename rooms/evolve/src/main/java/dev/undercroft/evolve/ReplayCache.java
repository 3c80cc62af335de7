package dev.undercroft.evolve;

import dev.undercroft.base.ProblemException;
import dev.undercroft.catalog.Catalog;
import dev.undercroft.sql.SqlSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What migrations give, kept by what they say, so that old ones are carried out once. A file that
 * is missing or broken only costs time.
 */
final class ReplayCache {

  private final Path folder;
  private final String salt;

  /**
   * Keeps catalogs in a folder.
   *
   * @param folder is made when it is needed
   * @param salt changes when this program reads catalogs in another way
   */
  ReplayCache(Path folder, String salt) {
    this.folder = folder;
    this.salt = salt;
  }

  Optional<Catalog> find(List<SqlSource> migrations, int major) {
    Path file = file(migrations, major);
    try {
      return Files.exists(file)
          ? Optional.of(CatalogJson.read(file.toString(), Files.readString(file)))
          : Optional.empty();
    } catch (IOException | ProblemException unreadable) {
      log("read", unreadable);
      return Optional.empty();
    }
  }

  void keep(List<SqlSource> migrations, Catalog catalog) {
    Path file = file(migrations, catalog.server().major());
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "new", ".json");
      Files.writeString(fresh, CatalogJson.write(catalog));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      log("written", unwritable);
    }
  }

  private static void log(String what, Exception why) {
    System.getLogger("undercroft.evolve")
        .log(System.Logger.Level.DEBUG, () -> "a kept catalog was not " + what, why);
  }

  private Path file(List<SqlSource> migrations, int major) {
    MessageDigest digest = sha256();
    add(digest, salt + "\0" + major);
    migrations.forEach(migration -> add(digest, migration.text()));
    return folder.resolve(HexFormat.of().formatHex(digest.digest(), 0, 20) + ".json");
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
