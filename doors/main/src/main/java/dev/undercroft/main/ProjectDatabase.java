package dev.undercroft.main;

import dev.undercroft.access.ConnectionSource;
import dev.undercroft.access.PoolSettings;
import dev.undercroft.engine.VitalsProbe;
import dev.undercroft.migrate.Migrations;
import java.nio.file.Path;

/**
 * The database of one project, made and reachable. Immutable.
 *
 * @param name the database's name
 * @param ways connections by role
 * @param migrations the executor
 * @param vitals how it is asked for its health
 * @param shown how {@code psql} reaches it
 * @param pool size and times of the application's pool
 */
record ProjectDatabase(
    String name,
    Ways ways,
    Migrations migrations,
    VitalsProbe vitals,
    Shown shown,
    PoolSettings pool) {

  /**
   * Connections by role.
   *
   * @param application for requests: bound by row policies
   * @param system for background work and health: not bound by them
   */
  record Ways(ConnectionSource application, ConnectionSource system) {}

  /**
   * What a person is told.
   *
   * @param url without a password
   * @param passwordFile the file that holds the password, or the project's folder
   */
  record Shown(String url, Path passwordFile) {}
}
