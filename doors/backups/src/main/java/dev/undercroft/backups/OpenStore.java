package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.gcs.GcsBlobStore;
import dev.undercroft.gcs.GcsPlace;
import dev.undercroft.s3.S3BlobStore;
import dev.undercroft.s3.S3Place;
import dev.undercroft.settings.BackupSettings;
import dev.undercroft.settings.Settings;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.DiskBlobStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A place for blobs that one text names: a folder, or a bucket with the credentials of the
 * settings. Must be closed.
 *
 * @param blobs the blobs
 * @param shown where it is, for people
 * @param closing lets its connections go
 */
record OpenStore(BlobStore blobs, String shown, AutoCloseable closing) implements AutoCloseable {

  static final String S3 = "s3://";
  static final String GCS = "gs://";

  /**
   * Opens a place.
   *
   * @param place {@code s3://BUCKET/PREFIX}, {@code gs://BUCKET/PREFIX} or a folder, from where the
   *     process stands
   * @throws ProblemException {@code BACKUP_PLACE_UNKNOWN}, {@code BACKUP_PLACE_UNUSABLE}, {@code
   *     BACKUP_GCS_KEY} when there is no key file
   */
  static OpenStore of(Settings settings, String place) {
    if (place.startsWith(S3)) {
      return s3(settings, parts(place, S3));
    }
    if (place.startsWith(GCS)) {
      return gcs(settings, parts(place, GCS));
    }
    if (place.matches("[a-z][a-z0-9+.-]+://.*")) {
      throw Problem.of(
              "BACKUP_PLACE_UNKNOWN",
              ProblemKind.INPUT,
              "backups cannot be kept at '" + place + "'")
          .withRemedy("Name a folder, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX.")
          .exception();
    }
    Path folder = Path.of(place).toAbsolutePath().normalize();
    try {
      return new OpenStore(new DiskBlobStore(folder), folder.toString(), () -> {});
    } catch (IOException e) {
      throw BackupPlace.unusable(folder.toString(), e);
    }
  }

  /** Bucket and prefix; the prefix may be empty. */
  private static List<String> parts(String place, String scheme) {
    String rest = place.substring(scheme.length());
    int slash = rest.indexOf('/');
    return slash < 0
        ? List.of(rest, "")
        : List.of(rest.substring(0, slash), rest.substring(slash + 1).replaceAll("/+$", ""));
  }

  private static String shown(String scheme, List<String> parts) {
    return scheme + parts.getFirst() + (parts.getLast().isEmpty() ? "" : "/" + parts.getLast());
  }

  private static OpenStore s3(Settings settings, List<String> parts) {
    S3BlobStore store =
        new S3BlobStore(
            new S3Place(
                parts.getFirst(),
                parts.getLast(),
                settings.get(BackupSettings.S3_REGION),
                settings.find(BackupSettings.S3_ENDPOINT),
                settings.get(BackupSettings.S3_ACCESS_KEY),
                settings.get(BackupSettings.S3_SECRET_KEY)));
    return new OpenStore(store, shown(S3, parts), store);
  }

  private static OpenStore gcs(Settings settings, List<String> parts) {
    Path key =
        settings
            .findPath(BackupSettings.GCS_KEY_FILE)
            .orElseThrow(() ->
                Problem.of(
                        "BACKUP_GCS_KEY",
                        ProblemKind.INPUT,
                        "there is no key for " + shown(GCS, parts))
                    .withRemedy("Set BACKUP_GCS_KEY_FILE to the JSON key of a service account.")
                    .exception());
    GcsBlobStore store =
        new GcsBlobStore(
            new GcsPlace(
                parts.getFirst(),
                parts.getLast(),
                settings.find(BackupSettings.GCS_PROJECT_ID).orElse(""),
                key,
                settings.find(BackupSettings.GCS_ENDPOINT)));
    return new OpenStore(store, shown(GCS, parts), store);
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
