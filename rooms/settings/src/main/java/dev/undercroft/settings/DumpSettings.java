package dev.undercroft.settings;

import java.nio.file.Path;
import java.util.List;

/** Databases written down as SQL: when, where to, how called, how long kept. */
public final class DumpSettings {

  /** When databases are written down, as a cron expression of five fields. */
  public static final Setting<String> SCHEDULE =
      Setting.named(
              "backup.dump-schedule",
              CronTexts.type(),
              "When databases are written down as SQL: minute, hour, day of month, month, day of"
                  + " week")
          .variable("BACKUP_DUMP_SCHEDULE")
          .build();

  /** The folder of the files. */
  public static final Setting<Path> DIR =
      Setting.named("backup.dump-dir", SettingTypes.path(), "Folder for databases written down")
          .variable("BACKUP_DUMP_DIR")
          .orElse("./backups")
          .build();

  /** How the files are called. */
  public static final Setting<String> NAME =
      Setting.named(
              "backup.dump-name",
              SettingTypes.text("shop_backup_{stamp}"),
              "Name of such a file, before .sql: {project}, {time}, {stamp} (20260102_030405),"
                  + " {date} (20260102), {id}")
          .variable("BACKUP_DUMP_NAME")
          .orElse("backup-{time}-{id}")
          .build();

  /** How many days a file is kept. */
  public static final Setting<Integer> DAYS =
      Setting.named(
              "backup.dump-days",
              SettingTypes.number(1, 36_500),
              "Days such a file is kept on this machine; never the last one is removed")
          .variable("BACKUP_DUMP_DAYS")
          .orElse("7")
          .build();

  /** Where the files are copied to. */
  public static final Setting<String> UPLOAD =
      Setting.named(
              "backup.dump-upload",
              SettingTypes.text("s3://seda-backups/database"),
              "Where such files are copied to: a folder, s3://BUCKET/PREFIX or gs://BUCKET/PREFIX;"
                  + " kept there for BACKUP_RETENTION_DAYS")
          .variable("BACKUP_DUMP_UPLOAD")
          .build();

  static final List<Setting<?>> ALL = List.of(SCHEDULE, DIR, NAME, DAYS, UPLOAD);

  private DumpSettings() {}
}
