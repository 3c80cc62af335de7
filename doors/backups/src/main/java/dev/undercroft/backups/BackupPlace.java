package dev.undercroft.backups;

import dev.undercroft.backup.Repository;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.Origin;
import dev.undercroft.settings.Setting;
import dev.undercroft.settings.Settings;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.MasterKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The repository that settings name, opened; must be closed.
 *
 * @param repository the repository
 * @param shown where it is, for people
 * @param store keeps its objects
 */
record BackupPlace(Repository repository, String shown, OpenStore store) implements AutoCloseable {

  /**
   * Opens the repository, and makes it when there is none.
   *
   * @throws ProblemException when the settings do not name a place, or it cannot be used
   */
  static BackupPlace of(Settings settings) {
    return open(settings, store -> Optional.of(Repository.open(store, keys(settings))))
        .orElseThrow();
  }

  /** Opens the repository, if there is one. */
  static Optional<BackupPlace> find(Settings settings) {
    return open(settings, store -> Repository.find(store, keys(settings)));
  }

  /**
   * Opens the repository, of which something is wanted.
   *
   * @throws ProblemException {@code BACKUP_NO_REPOSITORY}
   */
  static BackupPlace existing(Settings settings) {
    return find(settings)
        .orElseThrow(() ->
            Problem.of(
                    "BACKUP_NO_REPOSITORY",
                    ProblemKind.NOT_FOUND,
                    "there are no backups at " + where(settings))
                .withRemedy(
                    "Check BACKUP_REPOSITORY, or where --repository points;"
                        + " `undercroft backup create` takes the first backup.")
                .exception());
  }

  /** How a store's repository is opened. */
  private interface Opening {
    Optional<Repository> of(BlobStore store) throws IOException;
  }

  private static Optional<BackupPlace> open(Settings settings, Opening opening) {
    OpenStore store = OpenStore.of(settings, where(settings));
    boolean open = false;
    try {
      Optional<Repository> opened = opening.of(store.blobs());
      open = opened.isPresent();
      return opened
          .map(one -> settings.get(BackupSettings.COMPRESSION) ? one : one.uncompressed())
          .map(repository -> new BackupPlace(repository, store.shown(), store));
    } catch (IOException e) {
      throw unusable(store.shown(), e);
    } finally {
      if (!open) {
        store.close();
      }
    }
  }

  /** The place as one text. */
  static String where(Settings settings) {
    Optional<String> named = settings.find(BackupSettings.REPOSITORY);
    if (named.isPresent()) {
      return named.get();
    }
    if (settings.get(BackupSettings.LOCAL)) {
      return settings.findPath(BackupSettings.DIR).orElseThrow().toString();
    }
    return settings
        .find(BackupSettings.S3_BUCKET)
        .map(bucket -> OpenStore.S3 + bucket)
        .or(() -> settings.find(BackupSettings.GCS_BUCKET).map(bucket -> OpenStore.GCS + bucket))
        .orElseThrow(() ->
            Problem.of(
                    "BACKUP_NO_PLACE",
                    ProblemKind.INPUT,
                    "backups are not to be kept on this machine, and no bucket is set")
                .withRemedy("Set BACKUP_S3_BUCKET or BACKUP_GCS_BUCKET, or BACKUP_LOCAL=true.")
                .exception());
  }

  /**
   * The keys, the one that seals first; null when backups are not to be encrypted. A key that is
   * set is used unless encryption was switched off by name.
   */
  static @Nullable KeyRing keys(Settings settings) {
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
    store.close();
  }
}
