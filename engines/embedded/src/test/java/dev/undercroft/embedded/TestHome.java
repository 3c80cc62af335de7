package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A home folder that every user may enter, deleted with everything that still runs in it. */
final class TestHome implements AutoCloseable {

  private final Path folder;

  TestHome() throws IOException {
    Path memory = Path.of("/dev/shm");
    folder =
        Files.createTempDirectory(
            Files.isWritable(memory) ? memory : Path.of("/tmp"), "undercroft-embedded-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path path() {
    return folder.resolve(".undercroft");
  }

  Path data() {
    return path().resolve("data");
  }

  EmbeddedSettings settings() {
    return EmbeddedSettings.in(path()).withMaxConnections(20);
  }

  EmbeddedServer start() {
    return EmbeddedServer.start(settings(), dev.undercroft.base.Progress.NONE);
  }

  static Connection connect(EmbeddedServer server) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres",
        server.superuser(),
        server.password().reveal());
  }

  static String value(EmbeddedServer server, String query) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  static void execute(EmbeddedServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws IOException {
    ServerProcesses processes = new ServerProcesses(data());
    if (Files.exists(data())) {
      processes
          .living()
          .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
      processes.awaitNone(30);
    }
    Folders.delete(folder);
  }
}
