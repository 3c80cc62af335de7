package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;

/**
 * What an earlier process left behind in a data directory: a server that runs, the rest of one, or
 * only its pid file.
 */
record Predecessor(ServerPlace place, Postmaster postmaster, EmbeddedSettings settings) {

  private static final long STOP_SECONDS = 60;
  private static final long REST_SECONDS = 20;

  /**
   * The server to go on with, if one runs that is what a new one would be; otherwise everything of
   * it is ended, and the data directory is free.
   */
  Optional<PidFile> takeOver(String password) {
    Path data = place.data();
    Optional<PidFile> file = PidFile.read(data);
    ServerProcesses processes = new ServerProcesses(data);
    if (file.isPresent() && processes.isOurs(file.get().pid())) {
      PidFile running = file.get();
      if (isWanted(running, password)) {
        return file;
      }
      postmaster.stop(running.pid(), STOP_SECONDS);
    }
    if (ServerProcesses.canSee()) {
      endRest(processes);
      forget(data);
    }
    return Optional.empty();
  }

  /** It answers, and differs in nothing that only a start can change. */
  private boolean isWanted(PidFile running, String password) {
    if (!running.isReady() || (settings.port() != 0 && settings.port() != running.port())) {
      return false;
    }
    Properties login = new Properties();
    login.setProperty("user", EmbeddedSettings.SUPERUSER);
    login.setProperty("password", password);
    login.setProperty("loginTimeout", "5");
    login.setProperty("socketTimeout", "5");
    String url = "jdbc:postgresql://127.0.0.1:" + running.port() + "/postgres";
    try (Connection connection = DriverManager.getConnection(url, login)) {
      return value(connection, "SHOW server_version").equals(postmaster.binaries().version())
          && value(connection, "SHOW max_connections")
              .equals(String.valueOf(settings.maxConnections()))
          && value(connection, "SHOW data_directory").equals(place.data().toString());
    } catch (SQLException notHealthy) {
      return false;
    }
  }

  private static String value(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /**
   * A first process that was killed leaves others, which notice within seconds. While they live,
   * nothing else may touch the data.
   */
  private void endRest(ServerProcesses processes) {
    if (processes.awaitNone(REST_SECONDS)) {
      return;
    }
    processes
        .living()
        .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    if (!processes.awaitNone(REST_SECONDS)) {
      throw Problem.of(
              "EMBEDDED_REST_ALIVE",
              ProblemKind.CONFLICT,
              "processes of an earlier server still work in " + place.data())
          .withDetail("process ids " + processes.living())
          .withRemedy("End them, then start again.")
          .exception();
    }
  }

  /** Its number may belong to another process by now, at which PostgreSQL would refuse to start. */
  private static void forget(Path data) {
    try {
      Files.deleteIfExists(data.resolve(PidFile.NAME));
    } catch (IOException e) {
      throw ServerPlace.notWritable(data, e);
    }
  }
}
