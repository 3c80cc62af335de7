package dev.undercroft.backups;

import dev.undercroft.backup.Repository;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.s3.S3BlobStore;
import dev.undercroft.s3.S3Place;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.Origin;
import dev.undercroft.settings.Setting;
import dev.undercroft.settings.Settings;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.DiskBlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The repository that settings name, opened; must be closed.
 *
 * @param repository the repository
 * @param shown where it is, for people
 * @param closing closes its store
 */
record BackupPlace(Repository repository, String shown, AutoCloseable closing)
    implements AutoCloseable {

  private static final String S3 = "s3://";

  /**
   * Opens the repository.
   *
   * @throws ProblemException when the settings do not name a place, or it cannot be used
   */
  static BackupPlace of(Settings settings) {
    Optional<String> named = settings.find(BackupSettings.REPOSITORY);
    boolean hasBucket = settings.find(BackupSettings.S3_BUCKET).isPresent();
    if (named.isPresent() && named.get().startsWith(S3)) {
      String[] parts = named.get().substring(S3.length()).split("/", 2);
      return s3(settings, parts[0], parts.length > 1 ? parts[1].replaceAll("/+$", "") : "");
    }
    if (named.isPresent() && named.get().matches("[a-z][a-z0-9+.-]+://.*")) {
      throw Problem.of(
              "BACKUP_PLACE_UNKNOWN",
              ProblemKind.INPUT,
              "backups cannot be kept at '" + named.get() + "'")
          .withRemedy("Name a folder, or s3://BUCKET/PREFIX.")
          .exception();
    }
    if (named.isEmpty() && hasBucket && !settings.get(BackupSettings.LOCAL)) {
      return s3(settings, settings.get(BackupSettings.S3_BUCKET), "");
    }
    if (named.isEmpty() && !settings.get(BackupSettings.LOCAL)) {
      throw Problem.of(
              "BACKUP_NO_PLACE",
              ProblemKind.INPUT,
              "backups are not to be kept on this machine, and no bucket is set")
          .withRemedy("Set BACKUP_S3_BUCKET, or BACKUP_LOCAL=true.")
          .exception();
    }
    return folder(settings, named);
  }

  private static BackupPlace folder(Settings settings, Optional<String> named) {
    Path base = settings.findPath(BackupSettings.DIR).orElseThrow();
    Path folder = named.map(text -> Path.of(text).toAbsolutePath().normalize()).orElse(base);
    try {
      return opened(new DiskBlobStore(folder), settings, folder.toString(), () -> {});
    } catch (IOException e) {
      throw unusable(folder.toString(), e);
    }
  }

  private static BackupPlace s3(Settings settings, String bucket, String prefix) {
    Optional<URI> endpoint = settings.find(BackupSettings.S3_ENDPOINT);
    S3BlobStore store =
        new S3BlobStore(
            new S3Place(
                bucket,
                prefix,
                settings.get(BackupSettings.S3_REGION),
                endpoint,
                settings.get(BackupSettings.S3_ACCESS_KEY),
                settings.get(BackupSettings.S3_SECRET_KEY)));
    String shown = S3 + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    boolean open = false;
    try {
      BackupPlace place = opened(store, settings, shown, store);
      open = true;
      return place;
    } catch (IOException e) {
      throw unusable(shown, e);
    } finally {
      if (!open) {
        store.close();
      }
    }
  }

  private static BackupPlace opened(
      BlobStore store, Settings settings, String shown, AutoCloseable closing) throws IOException {
    return new BackupPlace(Repository.open(store, keys(settings)), shown, closing);
  }

  /**
   * The keys, the one that seals first; null when backups are not to be encrypted. A key that is
   * set is used unless encryption was switched off by name.
   */
  private static @Nullable KeyRing keys(Settings settings) {
    boolean unsaid = settings.origin(BackupSettings.ENCRYPTION).kind() == Origin.Kind.DEFAULT;
    boolean hasKey = settings.find(BackupSettings.ENCRYPTION_KEY).isPresent();
    if (!settings.get(BackupSettings.ENCRYPTION) && !(unsaid && hasKey)) {
      return null;
    }
    List<MasterKey> keys = new ArrayList<>();
    for (Setting<Secret> each :
        List.of(BackupSettings.ENCRYPTION_KEY, BackupSettings.ENCRYPTION_KEY_BEFORE)) {
      settings.find(each).ifPresent(text -> keys.add(MasterKey.parse(text, each.variable())));
    }
    return new KeyRing(keys);
  }

  static ProblemException unusable(String shown, IOException cause) {
    return Problem.of(
            "BACKUP_PLACE_UNUSABLE",
            ProblemKind.EXTERNAL,
            "the repository " + shown + " cannot be read or written")
        .withDetail(cause.getClass().getSimpleName() + ": " + cause.getMessage())
        .withRemedy("Check that it is there, its permissions, free space and the network.")
        .exception(cause);
  }

  @Override
  public void close() {
    try {
      closing.close();
    } catch (Exception e) {
      System.getLogger("undercroft.backups")
          .log(System.Logger.Level.WARNING, "closing " + shown, e);
    }
  }
}
