package dev.undercroft.safekeeping;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server settings that make a restored directory replay the log to where it shall end
 * (PostgreSQL documentation, "Recovery Target"). Pure.
 */
final class RecoverySettings {

  private static final String OURS =
      "(recovery_|restore_command|archive_cleanup_command|archive_mode|archive_command|primary_).*";

  private RecoverySettings() {}

  /**
   * A settings file without what a recovery leaves in it: the server refuses two targets, an old
   * one would end the next recovery in the wrong place, and a copy must not archive or follow.
   */
  static String withoutRecovery(String settings) {
    return settings
        .lines()
        .filter(line -> !line.strip().matches(OURS))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * The settings, in the form of {@code postgresql.auto.conf}, with at most one target.
   *
   * @param timeline the timeline to follow
   * @param restoreCommand what the server runs to fetch a segment
   */
  static String of(RecoveryStop stop, int timeline, String restoreCommand) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("restore_command", restoreCommand);
    settings.put("recovery_target_timeline", Integer.toString(timeline));
    settings.put("recovery_target_action", "promote");
    settings.put("archive_mode", "off");
    switch (stop) {
      case RecoveryStop.EndOfLog() -> {}
      case RecoveryStop.Before(var position) -> {
        settings.put("recovery_target_lsn", position.toString());
        settings.put("recovery_target_inclusive", "off");
      }
      case RecoveryStop.After(var position) -> {
        settings.put("recovery_target_lsn", position.toString());
        settings.put("recovery_target_inclusive", "on");
      }
      case RecoveryStop.Consistent() -> settings.put("recovery_target", "immediate");
    }
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " = '" + each.getValue().replace("'", "''") + "'\n")
        .collect(Collectors.joining());
  }
}
