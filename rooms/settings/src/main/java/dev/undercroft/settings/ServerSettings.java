package dev.undercroft.settings;

import dev.undercroft.base.Secret;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The installation itself: environment, HTTP server, logs. */
public final class ServerSettings {

  /** Which environment this is. */
  public static final Setting<Environment> ENVIRONMENT =
      Setting.named(
              "environment", SettingTypes.oneOf(Environment.class), "Which environment this is")
          .variable("UNDERCROFT_ENVIRONMENT", "ENVIRONMENT", "NODE_ENV")
          .orElse("development")
          .buildForeign();

  /** The TCP port of the HTTP server. */
  public static final Setting<Integer> PORT =
      Setting.named(
              "server.port",
              SettingTypes.number(0, 65535),
              "TCP port of the HTTP server; 0 takes a free one")
          .variable("PORT")
          .orElse("8000")
          .build();

  /** The address on which the HTTP server listens. */
  public static final Setting<String> HOST =
      Setting.named(
              "server.host",
              SettingTypes.text("127.0.0.1"),
              "Address on which the HTTP server listens")
          .orElse("127.0.0.1")
          .build();

  /** How long requests in flight may take to finish at shutdown. */
  public static final Setting<Duration> SHUTDOWN_TIMEOUT =
      Setting.named(
              "server.shutdown-timeout",
              SettingTypes.duration(ChronoUnit.SECONDS),
              "How long requests in flight may take to finish at shutdown")
          .orElse("10s")
          .build();

  /** The token that operators show to the HTTP server. */
  public static final Setting<Secret> OPERATOR_TOKEN =
      Setting.named(
              "server.operator-token",
              SettingTypes.secret(32),
              "Token that operators show to the HTTP server; made at first start when it is not set")
          .variable("OPERATOR_TOKEN")
          .secret()
          .build();

  /** How much the log says. */
  public static final Setting<LogLevel> LOG_LEVEL =
      Setting.named("log.level", SettingTypes.oneOf(LogLevel.class), "How much the log says")
          .variable("LOG_LEVEL")
          .orElse("info")
          .build();

  /** How much the log says about the database. */
  public static final Setting<LogLevel> LOG_DATABASE =
      Setting.named(
              "log.database",
              SettingTypes.oneOf(LogLevel.class),
              "How much the log says about the database: its statements in development, else only"
                  + " errors")
          .orElse("error")
          .orElseIn(Environment.DEVELOPMENT, "query")
          .build();

  /** How a log line looks. */
  public static final Setting<LogFormat> LOG_FORMAT =
      Setting.named(
              "log.format",
              SettingTypes.oneOf(LogFormat.class),
              "How a log line looks; auto is text on a terminal and JSON elsewhere")
          .orElse("auto")
          .build();

  static final List<Setting<?>> ALL =
      List.of(
          ENVIRONMENT,
          PORT,
          HOST,
          SHUTDOWN_TIMEOUT,
          OPERATOR_TOKEN,
          LOG_LEVEL,
          LOG_DATABASE,
          LOG_FORMAT);

  private ServerSettings() {}
}
