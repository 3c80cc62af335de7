package dev.undercroft.settings;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Backups: when, how long kept, how written, where to. */
public final class BackupSettings {

  /** When backups run, as a cron expression of five fields. */
  public static final Setting<String> SCHEDULE =
      Setting.named(
              "backup.schedule",
              CronTexts.type(),
              "When backups run: minute, hour, day of month, month, day of week")
          .variable("BACKUP_SCHEDULE")
          .build();

  /** How many days a backup is kept. */
  public static final Setting<Integer> RETENTION_DAYS =
      Setting.named(
              "backup.retention-days", SettingTypes.number(1, 36_500), "Days a backup is kept")
          .variable("BACKUP_RETENTION_DAYS")
          .orElse("30")
          .build();

  /** Whether backups are compressed. */
  public static final Setting<Boolean> COMPRESSION =
      truth("compression", "Whether backups are compressed", "true");

  /** Whether backups are encrypted; then {@link #ENCRYPTION_KEY} must be set. */
  public static final Setting<Boolean> ENCRYPTION =
      truth("encryption", "Whether backups are encrypted; needs BACKUP_ENCRYPTION_KEY", "false");

  /** The key that encrypts backups. */
  public static final Setting<Secret> ENCRYPTION_KEY =
      Setting.named("backup.encryption-key", SettingTypes.secret(32), "Key that encrypts backups")
          .variable("BACKUP_ENCRYPTION_KEY")
          .secret()
          .build();

  /** Older keys, which still open what they sealed. */
  public static final Setting<Secret> ENCRYPTION_KEY_BEFORE =
      Setting.named(
              "backup.encryption-key-before",
              SettingTypes.secret(32),
              "Key that encrypted backups before; still opens them after a change of keys")
          .variable("BACKUP_ENCRYPTION_KEY_BEFORE")
          .secret()
          .build();

  /** The place of backups in one text. */
  public static final Setting<String> REPOSITORY =
      text(
          "repository",
          "s3://my-backups/shop",
          "Place of backups: a folder, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX; wins over the folder"
              + " and the buckets");

  /** Whether the write-ahead log is received all the time while an instance runs. */
  public static final Setting<Boolean> CONTINUOUS =
      Setting.named(
              "backup.continuous",
              SettingTypes.truth(),
              "Whether the write-ahead log is received while an instance runs, so that every moment"
                  + " can be restored; not set means when a schedule is set")
          .variable("BACKUP_CONTINUOUS")
          .build();

  /** When a restore is rehearsed, as a cron expression of five fields. */
  public static final Setting<String> DRILL_SCHEDULE =
      Setting.named(
              "backup.drill-schedule",
              CronTexts.type(),
              "When a restore is rehearsed: minute, hour, day of month, month, day of week")
          .variable("BACKUP_DRILL_SCHEDULE")
          .build();

  /** When all backups are read back, as a cron expression of five fields. */
  public static final Setting<String> VERIFY_SCHEDULE =
      Setting.named(
              "backup.verify-schedule",
              CronTexts.type(),
              "When every stored object is read back: minute, hour, day of month, month, day of"
                  + " week")
          .variable("BACKUP_VERIFY_SCHEDULE")
          .build();

  /** The time zone in which {@link #SCHEDULE} is read. */
  public static final Setting<String> TIME_ZONE =
      Setting.named(
              "backup.time-zone", CronTexts.zone(), "Time zone in which BACKUP_SCHEDULE is read")
          .variable("BACKUP_TIME_ZONE")
          .orElse("UTC")
          .build();

  /** How many connections a backup reads with at once. */
  public static final Setting<Integer> WORKERS =
      Setting.named(
              "backup.workers",
              SettingTypes.number(1, 64),
              "Connections a backup or restore uses at once")
          .variable("BACKUP_WORKERS")
          .orElse("2")
          .build();

  /** How much a backup may read from the server per second; not set means as fast as it goes. */
  public static final Setting<ByteSize> RATE =
      Setting.named(
              "backup.rate",
              SettingTypes.size(),
              "How much a backup reads from the server per second at most, by all workers"
                  + " together; not set means as fast as it goes")
          .variable("BACKUP_RATE")
          .build();

  /** How long a restore may take; drills measure it. */
  public static final Setting<Duration> OBJECTIVE_RTO =
      objective("rto", "How long a restore may take; drills measure it", "15min");

  /** How much may be lost; drills measure it. */
  public static final Setting<Duration> OBJECTIVE_RPO =
      objective("rpo", "How much time's changes may be lost; drills measure it", "5min");

  /** Whether backups are kept on this machine. */
  public static final Setting<Boolean> LOCAL =
      truth("local", "Whether backups are kept on this machine", "true");

  /** The folder for backups on this machine. */
  public static final Setting<Path> DIR =
      Setting.named("backup.dir", SettingTypes.path(), "Folder for backups on this machine")
          .variable("BACKUP_DIR")
          .orElse("./.undercroft/backups")
          .build();

  /** The S3 bucket for backups. */
  public static final Setting<String> S3_BUCKET =
      text("s3-bucket", "my-backups", "S3 bucket for backups");

  /** The region of the S3 bucket. */
  public static final Setting<String> S3_REGION =
      Setting.named("backup.s3-region", SettingTypes.text("us-east-1"), "Region of the S3 bucket")
          .variable("BACKUP_S3_REGION")
          .orElse("us-east-1")
          .build();

  /** Another server than Amazon's. */
  public static final Setting<URI> S3_ENDPOINT =
      Setting.named(
              "backup.s3-endpoint",
              SettingTypes.address(),
              "Server that speaks S3, when it is not Amazon's")
          .variable("BACKUP_S3_ENDPOINT")
          .build();

  /** The access key of the S3 bucket. */
  public static final Setting<Secret> S3_ACCESS_KEY =
      credential("s3-access-key", "Access key of the S3 bucket");

  /** The secret key of the S3 bucket. */
  public static final Setting<Secret> S3_SECRET_KEY =
      credential("s3-secret-key", "Secret key of the S3 bucket");

  /** The Google Cloud Storage bucket for backups. */
  public static final Setting<String> GCS_BUCKET =
      text("gcs-bucket", "my-backups", "Google Cloud Storage bucket for backups");

  /** The project of the Google Cloud Storage bucket. */
  public static final Setting<String> GCS_PROJECT_ID =
      text("gcs-project-id", "my-project", "Project of the Google Cloud Storage bucket");

  /** The file with the key of the Google Cloud Storage bucket. */
  public static final Setting<Path> GCS_KEY_FILE =
      Setting.named(
              "backup.gcs-key-file",
              SettingTypes.path(),
              "File with the key of the Google Cloud Storage bucket")
          .variable("BACKUP_GCS_KEY_FILE")
          .build();

  /** Another server than Google's. */
  public static final Setting<URI> GCS_ENDPOINT =
      Setting.named(
              "backup.gcs-endpoint",
              SettingTypes.address(),
              "Server that speaks Google Cloud Storage, when it is not Google's")
          .variable("BACKUP_GCS_ENDPOINT")
          .build();

  static final List<Setting<?>> ALL =
      List.of(
          SCHEDULE,
          RETENTION_DAYS,
          COMPRESSION,
          ENCRYPTION,
          ENCRYPTION_KEY,
          ENCRYPTION_KEY_BEFORE,
          REPOSITORY,
          CONTINUOUS,
          DRILL_SCHEDULE,
          VERIFY_SCHEDULE,
          TIME_ZONE,
          WORKERS,
          RATE,
          OBJECTIVE_RTO,
          OBJECTIVE_RPO,
          LOCAL,
          DIR,
          S3_BUCKET,
          S3_REGION,
          S3_ENDPOINT,
          S3_ACCESS_KEY,
          S3_SECRET_KEY,
          GCS_BUCKET,
          GCS_PROJECT_ID,
          GCS_KEY_FILE,
          GCS_ENDPOINT);

  private BackupSettings() {}

  private static Setting<Duration> objective(String key, String description, String defaultText) {
    return Setting.named(
            "backup.objective-" + key,
            SettingTypes.duration(java.time.temporal.ChronoUnit.SECONDS),
            description)
        .variable(variable("objective-" + key))
        .orElse(defaultText)
        .build();
  }

  private static Setting<Boolean> truth(String key, String description, String defaultText) {
    return Setting.named("backup." + key, SettingTypes.truth(), description)
        .variable(variable(key))
        .orElse(defaultText)
        .build();
  }

  private static Setting<String> text(String key, String example, String description) {
    return Setting.named("backup." + key, SettingTypes.text(example), description)
        .variable(variable(key))
        .build();
  }

  private static Setting<Secret> credential(String key, String description) {
    return Setting.named("backup." + key, SettingTypes.secret(1), description)
        .variable(variable(key))
        .credential()
        .build();
  }

  private static String variable(String key) {
    return "BACKUP_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}
