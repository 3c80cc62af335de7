package dev.undercroft.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The database of a project: address, pool, the embedded server, migrations. */
public final class DatabaseSettings {

  /** The address of the database; not set means the embedded server. */
  public static final Setting<String> URL =
      Setting.named(
              "database.url",
              SettingTypes.text("postgresql://user:password@localhost:5432/database"),
              "Address of the database; not set means the embedded server")
          .variable("DATABASE_URL")
          .address()
          .build();

  /** The address for migrations, where {@link #URL} leads through a pooler. */
  public static final Setting<String> DIRECT_URL =
      Setting.named(
              "database.direct-url",
              SettingTypes.text("postgresql://user:password@localhost:5432/database"),
              "Address for migrations, where DATABASE_URL leads through a pooler")
          .variable("DIRECT_URL")
          .address()
          .build();

  /** The name of the project's database in the embedded server. */
  public static final Setting<String> NAME =
      Setting.named(
              "database.name",
              SettingTypes.text("app_dev"),
              "Name of the project's database in the embedded server; the project's name when it is"
                  + " not set")
          .build();

  /** How many connections the pool opens at most. */
  public static final Setting<Integer> POOL_MAX =
      Setting.named(
              "pool.max", SettingTypes.number(1, 10_000), "Connections the pool opens at most")
          .orElse("10")
          .build();

  /** How many connections the pool keeps open when nothing happens. */
  public static final Setting<Integer> POOL_MIN =
      Setting.named(
              "pool.min",
              SettingTypes.number(0, 10_000),
              "Connections the pool keeps open when idle")
          .orElse("2")
          .build();

  /** How long a request waits for a connection of the pool. */
  public static final Setting<Duration> POOL_ACQUIRE_TIMEOUT =
      time("pool.acquire-timeout", "How long a request waits for a connection of the pool", "10s");

  /** How long opening a connection may take. */
  public static final Setting<Duration> CONNECT_TIMEOUT =
      time("pool.connect-timeout", "How long opening a connection may take", "10s");

  /** After how long an idle connection is closed. */
  public static final Setting<Duration> POOL_IDLE_TIMEOUT =
      time("pool.idle-timeout", "After how long an idle connection is closed", "60s");

  /** How long a statement of the application may run. */
  public static final Setting<Duration> STATEMENT_TIMEOUT =
      time("database.statement-timeout", "How long a statement of the application may run", "30s");

  /** From which time on a statement is reported as slow. */
  public static final Setting<Duration> SLOW_STATEMENT =
      time("database.slow-statement", "From which time on a statement is reported as slow", "1s");

  /** Where the embedded server keeps its data. */
  public static final Setting<Path> DATA =
      Setting.named(
              "embedded.data",
              SettingTypes.path(),
              "Where the embedded server keeps its data; not set means the .undercroft folder")
          .build();

  /** The TCP port of the embedded server; 0 lets it choose and remember one. */
  public static final Setting<Integer> EMBEDDED_PORT =
      Setting.named(
              "embedded.port",
              SettingTypes.number(0, 65535),
              "TCP port of the embedded server; 0 chooses one and remembers it")
          .orElse("0")
          .build();

  /** A PostgreSQL installation to use in place of the built-in one. */
  public static final Setting<Path> BINARIES =
      Setting.named(
              "engine.binaries",
              SettingTypes.path(),
              "PostgreSQL installation to use in place of the built-in one, for example"
                  + " /usr/lib/postgresql/18")
          .build();

  /** Where the built-in server is unpacked. */
  public static final Setting<Path> CACHE =
      Setting.named(
              "engine.cache",
              SettingTypes.path(),
              "Where the built-in server is unpacked; not set means the user's cache folder")
          .variable("UNDERCROFT_CACHE")
          .build();

  /** How long a migration waits for a lock in one try. */
  public static final Setting<Duration> MIGRATE_LOCK_TIMEOUT =
      time("migrate.lock-timeout", "How long a migration waits for a lock in one try", "5s");

  /** How often a migration tries again to get a lock. */
  public static final Setting<Integer> MIGRATE_LOCK_RETRIES =
      Setting.named(
              "migrate.lock-retries",
              SettingTypes.number(0, 1000),
              "How often a migration tries again to get a lock")
          .orElse("10")
          .build();

  /** How long one statement of a migration may run; zero means without end. */
  public static final Setting<Duration> MIGRATE_STATEMENT_TIMEOUT =
      time(
          "migrate.statement-timeout",
          "How long one statement of a migration may run; 0 means without end",
          "0s");

  /** Whether a database is compared with what its migrations give before more are applied. */
  public static final Setting<Boolean> MIGRATE_DRIFT_CHECK =
      Setting.named(
              "migrate.drift-check",
              SettingTypes.truth(),
              "Whether a database is compared with what its migrations give before more are"
                  + " applied")
          .orElse("true")
          .build();

  /** The last migration that lint does not judge, because it is released. */
  public static final Setting<String> LINT_SINCE =
      Setting.named(
              "lint.since",
              SettingTypes.text("20260131120000_add_user_email"),
              "The last migration that lint does not judge, because it is released")
          .build();

  static final List<Setting<?>> ALL =
      List.of(
          URL,
          DIRECT_URL,
          NAME,
          STATEMENT_TIMEOUT,
          SLOW_STATEMENT,
          POOL_MAX,
          POOL_MIN,
          POOL_ACQUIRE_TIMEOUT,
          CONNECT_TIMEOUT,
          POOL_IDLE_TIMEOUT,
          DATA,
          EMBEDDED_PORT,
          BINARIES,
          CACHE,
          MIGRATE_LOCK_TIMEOUT,
          MIGRATE_LOCK_RETRIES,
          MIGRATE_STATEMENT_TIMEOUT,
          MIGRATE_DRIFT_CHECK,
          LINT_SINCE);

  private DatabaseSettings() {}

  private static Setting<Duration> time(String name, String description, String defaultText) {
    return Setting.named(name, SettingTypes.duration(ChronoUnit.SECONDS), description)
        .orElse(defaultText)
        .build();
  }
}
