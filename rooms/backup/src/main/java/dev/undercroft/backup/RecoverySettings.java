package dev.undercroft.backup;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The server settings that make a restored directory replay the log to a target (PostgreSQL
 * documentation, "Recovery Target"). Pure.
 */
public final class RecoverySettings {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS+00").withZone(ZoneOffset.UTC);

  private RecoverySettings() {}

  /**
   * A settings file without what an earlier recovery left in it: the server refuses two targets,
   * and an old one would end this recovery in the wrong place.
   */
  static String withoutRecovery(String settings) {
    return settings
        .lines()
        .filter(line ->
            !line.strip().matches("(recovery_|restore_command|archive_cleanup_command|primary_).*"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * The settings, in the form of {@code postgresql.auto.conf}, with at most one target.
   *
   * @param restoreCommand what the server runs to fetch a segment
   */
  public static String of(RecoveryTarget target, String restoreCommand) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("restore_command", restoreCommand);
    settings.put("recovery_target_timeline", "latest");
    settings.put("recovery_target_inclusive", "on");
    settings.put("recovery_target_action", "promote");
    settings.put("archive_mode", "off");
    switch (target) {
      case RecoveryTarget.Latest() -> {}
      case RecoveryTarget.AtTime(var time) ->
          settings.put("recovery_target_time", TIME.format(time));
      case RecoveryTarget.AtLsn(var lsn) -> settings.put("recovery_target_lsn", lsn.toString());
      case RecoveryTarget.AtName(var name) -> settings.put("recovery_target_name", name);
      case RecoveryTarget.AtTransaction(var xid) ->
          settings.put("recovery_target_xid", Long.toString(xid));
      case RecoveryTarget.Immediate() -> settings.put("recovery_target", "immediate");
    }
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " = '" + each.getValue().replace("'", "''") + "'\n")
        .collect(Collectors.joining());
  }
}
