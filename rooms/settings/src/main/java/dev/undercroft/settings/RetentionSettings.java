package dev.undercroft.settings;

import java.util.List;
import java.util.Locale;

/** Which backups are kept besides those that are young enough. */
public final class RetentionSettings {

  /** So many of the newest. */
  public static final Setting<Integer> LAST =
      keep("last", "Backups that are kept whatever their age");

  /** The newest of so many days. */
  public static final Setting<Integer> DAILY =
      keep("daily", "Days of which the newest backup is kept");

  /** The newest of so many weeks. */
  public static final Setting<Integer> WEEKLY =
      keep("weekly", "Weeks of which the newest backup is kept");

  /** The newest of so many months. */
  public static final Setting<Integer> MONTHLY =
      keep("monthly", "Months of which the newest backup is kept");

  /** The newest of so many years. */
  public static final Setting<Integer> YEARLY =
      keep("yearly", "Years of which the newest backup is kept");

  static final List<Setting<?>> ALL = List.of(LAST, DAILY, WEEKLY, MONTHLY, YEARLY);

  private RetentionSettings() {}

  private static Setting<Integer> keep(String what, String description) {
    return Setting.named("backup.keep-" + what, SettingTypes.number(0, 10_000), description)
        .variable("BACKUP_KEEP_" + what.toUpperCase(Locale.ROOT))
        .orElse("0")
        .build();
  }
}
