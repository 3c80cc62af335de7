package dev.undercroft.pgbackup;

import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** PostgreSQL's own client programs. Stateless. */
final class Tools {

  private Tools() {}

  /** All that a program says; its exit code follows unless it is zero. */
  static String run(PostgresVersion version, String program, String... words)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(version.binaries().program(program).toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    return exit == 0 ? said : said + "exit " + exit;
  }

  /** The check of every table and index of every database; empty when all is sound. */
  static String amcheck(PostgresVersion version, PostgresServer server)
      throws IOException, InterruptedException {
    return run(
        version,
        "pg_amcheck",
        "--all",
        "--install-missing",
        "--heapallindexed",
        "--parent-check",
        "-h",
        PostgresServer.HOST,
        "-p",
        String.valueOf(server.port()),
        "-U",
        PostgresServer.USER);
  }
}
