package dev.undercroft.main;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.base.Problem;
import dev.undercroft.engine.VitalsProbe;
import dev.undercroft.migrate.DatabaseMarker;
import dev.undercroft.migrate.Migrations;
import dev.undercroft.settings.Environment;
import dev.undercroft.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * The database of one project, made and reachable. Immutable.
 *
 * @param name the database's name
 * @param ways connections by role
 * @param migrations the executor
 * @param vitals how it is asked for its health
 * @param shown how {@code psql} reaches it
 * @param pool size and times of the application's pool
 * @param aftermath what making the database left to do and to say
 */
record ProjectDatabase(
    String name,
    Ways ways,
    Migrations migrations,
    VitalsProbe vitals,
    Shown shown,
    PoolSettings pool,
    Aftermath aftermath) {

  /**
   * What making the database left to do and to say.
   *
   * @param warnings what a person should know, for example rights that could not be given
   * @param grants gives the roles what the project's {@code grants.sql} says; repeatable, and due
   *     after every deploy
   */
  record Aftermath(List<Problem> warnings, Runnable grants) {

    /** Copies the list. */
    Aftermath {
      warnings = List.copyOf(warnings);
    }
  }

  /** What a deploy with these settings says of the database for good. */
  static DatabaseMarker marker(Settings settings) {
    return settings.environment() == Environment.PRODUCTION
        ? DatabaseMarker.PRODUCTION
        : DatabaseMarker.NONE;
  }

  /**
   * Connections by role.
   *
   * @param migrator for migrations, seeds and generated classes
   * @param application for requests: bound by row policies
   * @param system for background work and health: not bound by them
   */
  record Ways(ConnectionSource migrator, ConnectionSource application, ConnectionSource system) {}

  /**
   * What a person is told.
   *
   * @param url without a password
   * @param passwordFile the file that holds the password, or the project's folder
   */
  record Shown(String url, Path passwordFile) {}
}
