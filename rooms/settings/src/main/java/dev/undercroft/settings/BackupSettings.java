package dev.undercroft.settings;

import dev.undercroft.base.Secret;
import java.nio.file.Path;
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

  /** Whether backups are kept on this machine. */
  public static final Setting<Boolean> LOCAL =
      truth("local", "Whether backups are kept on this machine", "true");

  /** The folder for backups on this machine. */
  public static final Setting<Path> DIR =
      Setting.named("backup.dir", SettingTypes.path(), "Folder for backups on this machine")
          .variable("BACKUP_DIR")
          .orElse("./backups")
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

  static final List<Setting<?>> ALL =
      List.of(
          SCHEDULE,
          RETENTION_DAYS,
          COMPRESSION,
          ENCRYPTION,
          ENCRYPTION_KEY,
          LOCAL,
          DIR,
          S3_BUCKET,
          S3_REGION,
          S3_ACCESS_KEY,
          S3_SECRET_KEY,
          GCS_BUCKET,
          GCS_PROJECT_ID,
          GCS_KEY_FILE);

  private BackupSettings() {}

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
