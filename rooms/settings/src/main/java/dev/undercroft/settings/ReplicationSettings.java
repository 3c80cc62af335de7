package dev.undercroft.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Replication: on or off, between whom, how often, how conflicts end. */
public final class ReplicationSettings {

  /** How servers share the writes. */
  public enum Mode {
    /** One takes all writes. */
    MASTER_SLAVE,
    /** Several take writes. */
    MASTER_MASTER,
    /** Databases or tenants are spread over groups. */
    CLUSTER
  }

  /** Who wins when two servers changed the same row. */
  public enum ConflictResolution {
    /** The later commit. */
    LAST_WRITE_WINS,
    /** The later value of a time column. */
    TIMESTAMP_BASED,
    /** An administrator decides. */
    MANUAL
  }

  /** Whether replication runs. */
  public static final Setting<Boolean> ENABLED =
      Setting.named("replication.enabled", SettingTypes.truth(), "Whether replication runs")
          .variable("REPLICATION_ENABLED")
          .orElse("false")
          .build();

  /** How servers share the writes. */
  public static final Setting<Mode> MODE =
      Setting.named(
              "replication.mode", SettingTypes.oneOf(Mode.class), "How servers share the writes")
          .variable("REPLICATION_MODE")
          .orElse("master-slave")
          .build();

  /** How often the state of the nodes is compared. */
  public static final Setting<Duration> SYNC_INTERVAL =
      millis("sync-interval", "SYNC_INTERVAL", "How often the nodes are synchronized", "30000");

  /** Who wins when two servers changed the same row. */
  public static final Setting<ConflictResolution> CONFLICT_RESOLUTION =
      Setting.named(
              "replication.conflict-resolution",
              SettingTypes.oneOf(ConflictResolution.class),
              "Who wins when two servers changed the same row")
          .variable("REPLICATION_CONFLICT_RESOLUTION")
          .orElse("last-write-wins")
          .build();

  /** The servers. */
  public static final Setting<List<ReplicationNode>> NODES =
      Setting.named(
              "replication.nodes",
              ReplicationNodes.type(),
              "Servers, as a JSON list of objects with id, host, port, role and priority")
          .variable("REPLICATION_NODES")
          .build();

  /** Whether the nodes' health is checked. */
  public static final Setting<Boolean> HEALTH_CHECK =
      Setting.named(
              "replication.health-check",
              SettingTypes.truth(),
              "Whether the health of the nodes is checked")
          .variable("REPLICATION_HEALTH_CHECK")
          .orElse("true")
          .build();

  /** How often the nodes' health is checked. */
  public static final Setting<Duration> HEALTH_INTERVAL =
      millis("health-interval", "HEALTH_INTERVAL", "How often that is checked", "10000");

  /** How long a node may take to answer. */
  public static final Setting<Duration> HEALTH_TIMEOUT =
      millis("health-timeout", "HEALTH_TIMEOUT", "How long a node may take to answer", "5000");

  static final List<Setting<?>> ALL =
      List.of(
          ENABLED,
          MODE,
          SYNC_INTERVAL,
          CONFLICT_RESOLUTION,
          NODES,
          HEALTH_CHECK,
          HEALTH_INTERVAL,
          HEALTH_TIMEOUT);

  private ReplicationSettings() {}

  private static Setting<Duration> millis(
      String key, String variable, String description, String defaultText) {
    return Setting.named(
            "replication." + key, SettingTypes.duration(ChronoUnit.MILLIS), description)
        .variable("REPLICATION_" + variable)
        .orElse(defaultText)
        .build();
  }
}
