package dev.undercroft.bench;

import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Deploys the same small migrations to the same server, with Flyway and with this product, each
 * round in fresh processes and fresh databases, and prints the medians and their ratio. Arguments:
 * how many migrations (1000) and how many rounds (3).
 */
public final class MigrationBench {

  private static final int ROUNDS_WITHOUT_COUNT = 1;

  private MigrationBench() {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "undercroft-bench-");
    try (EmbeddedServer server =
        EmbeddedServer.start(EmbeddedSettings.in(folder.resolve("server")), Progress.NONE)) {
      Path files = write(folder, count);
      List<Run> runs = new ArrayList<>();
      for (int round = 0; round < rounds + ROUNDS_WITHOUT_COUNT; round++) {
        for (Tool tool : Tool.values()) {
          Run run = run(server, tool, files, round);
          if (round >= ROUNDS_WITHOUT_COUNT) {
            runs.add(run);
          }
        }
      }
      report(server.version(), count, rounds, runs);
    } finally {
      delete(folder);
    }
  }

  /** What is compared. */
  enum Tool {
    FLYWAY,
    UNDERCROFT
  }

  /** One deploy in a process of its own: the call alone, and the process from start to exit. */
  private record Run(Tool tool, double call, double process) {}

  private static Path write(Path folder, int count) throws IOException {
    Path flyway = Files.createDirectories(folder.resolve("flyway"));
    Path ours = Files.createDirectories(folder.resolve("ours/migrations"));
    for (int i = 1; i <= count; i++) {
      String sql =
          """
          create table t%1$d (id bigint generated always as identity primary key, name text not null);
          create index t%1$d_name on t%1$d (name);
          insert into t%1$d (name) values ('first');
          """
              .formatted(i);
      Files.writeString(flyway.resolve("V%d__t%d.sql".formatted(i, i)), sql);
      Files.writeString(ours.resolve("%06d_t%d.sql".formatted(i, i)), sql);
    }
    return folder;
  }

  private static Run run(EmbeddedServer server, Tool tool, Path files, int round)
      throws IOException, InterruptedException, SQLException {
    String database = tool.name().toLowerCase(java.util.Locale.ROOT) + round;
    try (Connection connection =
            DriverManager.getConnection(
                url(server, "postgres"), server.superuser(), server.password().reveal());
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + database);
      statement.execute("checkpoint");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            MigrationBenchRun.class.getName(),
            tool.name(),
            server.host(),
            String.valueOf(server.port()),
            database,
            server.superuser(),
            files.toString());
    builder.environment().put("PGPASSWORD", server.password().reveal());
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    double all = (System.nanoTime() - start) / 1e9;
    if (exit != 0) {
      throw new IllegalStateException(tool + " failed: " + output);
    }
    String call = output.lines().filter(line -> line.startsWith("seconds ")).findFirst().orElse("");
    return new Run(tool, Double.parseDouble(call.substring("seconds ".length())), all);
  }

  private static String url(EmbeddedServer server, String database) {
    return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
  }

  private static void report(String version, int count, int rounds, List<Run> runs) {
    System.out.printf(
        "%d migrations of 3 statements, PostgreSQL %s, fsync on, median of %d%n",
        count, version, rounds);
    for (Tool tool : Tool.values()) {
      System.out.printf(
          "%-10s  call %7.2f s   process %7.2f s%n",
          tool, median(runs, tool, Run::call), median(runs, tool, Run::process));
    }
    System.out.printf(
        "ratio (Undercroft / Flyway)  call %.3f   process %.3f%n",
        median(runs, Tool.UNDERCROFT, Run::call) / median(runs, Tool.FLYWAY, Run::call),
        median(runs, Tool.UNDERCROFT, Run::process) / median(runs, Tool.FLYWAY, Run::process));
  }

  private static double median(
      List<Run> runs, Tool tool, java.util.function.ToDoubleFunction<Run> value) {
    double[] sorted =
        runs.stream().filter(run -> run.tool() == tool).mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.delete(path);
      }
    }
  }
}
