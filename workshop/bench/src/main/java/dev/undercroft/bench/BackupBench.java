package dev.undercroft.bench;

import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Backs up the same PostgreSQL 15 with {@code pg_basebackup} and with this product, encrypted and
 * with two workers, each round in fresh processes, and prints the medians. One table is nine tenths
 * of the data. Arguments: megabytes of data (1000) and rounds (3).
 */
public final class BackupBench {

  private static final int ROW_BYTES = 430;
  private static final int ROUNDS_WITHOUT_COUNT = 1;

  private BackupBench() {}

  /** One run: seconds from start to exit, CPU seconds and memory where they are known. */
  private record Run(double seconds, double cpu, long memory, long stored) {}

  /** Runs the comparison. */
  public static void main(String[] args) throws Exception {
    int megabytes = args.length > 0 ? Integer.parseInt(args[0]) : 1000;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
    Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "undercroft-bench-");
    ServerOptions options =
        ServerOptions.NONE
            .with("wal_level", "replica")
            .with("max_wal_senders", "5")
            .with("shared_buffers", "512MB")
            .with("max_wal_size", "4GB")
            .withAuthentication("host replication all 127.0.0.1/32 scram-sha-256");
    Map<String, List<Run>> runs = new TreeMap<>();
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V15, options)) {
      fill(server, megabytes);
      for (int round = 0; round < rounds + ROUNDS_WITHOUT_COUNT; round++) {
        for (String level : List.of("1", "3")) {
          add(runs, "pg_basebackup server-zstd:" + level, baseBackup(server, folder, level), round);
        }
        for (String way : List.of("sql", "files")) {
          add(runs, "undercroft zstd:1 AES-256-GCM, " + way, ours(server, folder, way), round);
        }
      }
    } finally {
      delete(folder);
    }
    runs.forEach((name, all) -> System.out.println(line(name, all)));
  }

  private static void add(Map<String, List<Run>> runs, String name, Run run, int round) {
    System.out.println("round " + round + ", " + line(name, List.of(run)));
    if (round >= ROUNDS_WITHOUT_COUNT) {
      runs.computeIfAbsent(name, key -> new ArrayList<>()).add(run);
    }
  }

  private static String line(String name, List<Run> all) {
    List<Run> sorted = all.stream().sorted(Comparator.comparingDouble(Run::seconds)).toList();
    Run median = sorted.get(sorted.size() / 2);
    return String.format(
        "%s: %.2f s, client CPU %.2f s, client memory %d MB, stored %d MB",
        name, median.seconds(), median.cpu(), median.memory() >> 10, median.stored() >> 20);
  }

  private static void fill(PostgresServer server, int megabytes) throws SQLException {
    long rows = megabytes * 1_000_000L / ROW_BYTES;
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table docs as select g as id, jsonb_build_object('name', 'person ' || g % 1000,"
              + " 'mail', md5(g::text) || '@example.org', 'notes', repeat('lorem ipsum ', 15),"
              + " 'tags', array[g % 7, g % 11, g % 13], 'key', md5((g * 7)::text)) as doc"
              + " from generate_series(1, "
              + rows
              + ") g");
      statement.execute("create table small as select * from docs limit " + rows / 10);
      statement.execute("alter table docs add primary key (id)");
      statement.execute("vacuum freeze");
      statement.execute("checkpoint");
    }
  }

  private static Run baseBackup(PostgresServer server, Path folder, String level)
      throws IOException, InterruptedException {
    Path to = folder.resolve("base");
    List<String> command =
        List.of(
            "/usr/lib/postgresql/15/bin/pg_basebackup",
            "-h",
            PostgresServer.HOST,
            "-p",
            String.valueOf(server.port()),
            "-U",
            PostgresServer.USER,
            "-D",
            to.toString(),
            "-Ft",
            "-c",
            "fast",
            "--compress=server-zstd:" + level,
            "-X",
            "fetch");
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
    long begun = System.nanoTime();
    finish(builder.start());
    double seconds = (System.nanoTime() - begun) / 1e9;
    long stored = size(to);
    delete(to);
    return new Run(seconds, 0, 0, stored);
  }

  private static Run ours(PostgresServer server, Path folder, String way)
      throws IOException, InterruptedException {
    Path to = folder.resolve("ours");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=32m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BackupBenchRun.class.getName(),
            String.valueOf(server.port()),
            to.toString(),
            way,
            server.data().toString());
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    finish(process);
    double seconds = (System.nanoTime() - begun) / 1e9;
    String[] numbers = said.strip().split(" ", -1);
    long stored = size(to);
    delete(to);
    return new Run(seconds, Double.parseDouble(numbers[0]), Long.parseLong(numbers[1]), stored);
  }

  private static void finish(Process process) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("it failed");
    }
  }

  private static long size(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
