package dev.undercroft.settings;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every setting that the product itself reads, in the order in which people look for them. */
public final class KnownSettings {

  private static final List<Setting<?>> ALL =
      Stream.of(
              ServerSettings.ALL,
              DatabaseSettings.ALL,
              BackupSettings.ALL,
              RetentionSettings.ALL,
              DumpSettings.ALL,
              ReplicationSettings.ALL)
          .<Setting<?>>flatMap(List::stream)
          .toList();

  private KnownSettings() {}

  /** All of them. */
  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting with this key of {@code undercroft.toml}. */
  public static Optional<Setting<?>> named(String name) {
    return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }

  /** The setting that this environment variable sets. */
  public static Optional<Setting<?>> ofVariable(String variable) {
    return ALL.stream().filter(setting -> setting.variables().contains(variable)).findFirst();
  }
}
