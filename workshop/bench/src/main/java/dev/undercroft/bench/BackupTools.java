package dev.undercroft.bench;

import dev.undercroft.testkit.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The tools under comparison, each run as a process of its own. One thread at a time. */
final class BackupTools {

  private static final String BIN = "/usr/lib/postgresql/15/bin/";
  private static final List<String> AS_POSTGRES =
      List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups");

  private final PostgresServer server;
  private final Path folder;

  BackupTools(PostgresServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** {@code pg_basebackup} compressed by the server, with this level of Zstandard. */
  Measured baseBackup(int level) throws IOException, InterruptedException {
    Path to = emptied("base");
    List<String> command =
        List.of(
            BIN + "pg_basebackup",
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
    return timed(command, to);
  }

  /** Makes the stanza of pgBackRest anew, with two processes, Zstandard and AES-256-CBC. */
  void prepareBackRest(int level) throws IOException, InterruptedException {
    Path to = emptied("backrest");
    String text =
        """
        [global]
        repo1-path=%s
        repo1-cipher-type=aes-256-cbc
        repo1-cipher-pass=a-passphrase-of-the-bench
        log-path=%s
        lock-path=%s
        process-max=2
        compress-type=zst
        compress-level=%d
        start-fast=y
        archive-check=n
        log-level-console=warn
        [bench]
        pg1-path=%s
        pg1-port=%d
        pg1-socket-path=%s
        pg1-user=%s
        """
            .formatted(
                to.resolve("repository"),
                to.resolve("log"),
                to.resolve("lock"),
                level,
                server.data(),
                server.port(),
                folder,
                PostgresServer.USER);
    Files.writeString(folder.resolve("pgbackrest.conf"), text);
    for (Path each : List.of(to, to.resolve("log"))) {
      Files.createDirectories(each);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    var _ = timed(backRest("stanza-create"), to);
  }

  /** A full or incremental backup by pgBackRest. */
  Measured backRest(String what, Path stored) throws IOException, InterruptedException {
    long before = size(stored);
    Measured run = timed(backRest("--type=" + what, "backup"), stored);
    return new Measured(run.seconds(), 0, 0, run.stored() - before);
  }

  Path backRestRepository() {
    return folder.resolve("backrest/repository");
  }

  /** A restore by pgBackRest. */
  Measured backRestRestore() throws IOException, InterruptedException {
    Path to = emptied("backrest-restored");
    Files.createDirectories(to);
    run(List.of("chown", "postgres:postgres", to.toString()));
    run(List.of("chmod", "700", to.toString()));
    return timed(backRest("--pg1-path=" + to, "restore"), to);
  }

  private List<String> backRest(String... words) {
    List<String> command = new ArrayList<>(AS_POSTGRES);
    command.add("pgbackrest");
    command.add("--config=" + folder.resolve("pgbackrest.conf"));
    command.add("--stanza=bench");
    command.addAll(List.of(words));
    return command;
  }

  /** A full backup by this product: {@code sql} or {@code files}. */
  Measured ours(String what, String way) throws IOException, InterruptedException {
    Path to = folder.resolve("ours-" + way);
    if (what.equals("full")) {
      emptied("ours-" + way);
    }
    long before = size(to);
    Measured run =
        java(List.of(to.toString(), what, "" + server.port(), way, server.data().toString()), to);
    return new Measured(run.seconds(), run.cpu(), run.kilobytes(), run.stored() - before);
  }

  Measured oursRestore() throws IOException, InterruptedException {
    Path to = emptied("ours-restored");
    return java(List.of(folder.resolve("ours-sql").toString(), "restore", to.toString()), to);
  }

  private Measured java(List<String> words, Path stored) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=32m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            BackupBenchRun.class.getName()));
    command.addAll(words);
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    finish(process, command);
    double seconds = (System.nanoTime() - begun) / 1e9;
    String[] numbers = said.strip().split(" ", -1);
    return new Measured(
        seconds, Double.parseDouble(numbers[0]), Long.parseLong(numbers[1]), size(stored));
  }

  /** Random transactions of {@code pgbench}. */
  void transactions(int count) throws IOException, InterruptedException {
    run(pgbench("-n", "-c", "1", "-t", "" + count));
  }

  void makeAccounts(int scale) throws IOException, InterruptedException {
    run(pgbench("-i", "-q", "-s", "" + scale));
  }

  private List<String> pgbench(String... words) {
    List<String> command = new ArrayList<>(List.of(BIN + "pgbench"));
    command.addAll(List.of("-h", PostgresServer.HOST, "-p", "" + server.port()));
    command.addAll(List.of("-U", PostgresServer.USER));
    command.addAll(List.of(words));
    command.add("postgres");
    return command;
  }

  private static Measured timed(List<String> command, Path stored)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    run(command);
    return new Measured((System.nanoTime() - begun) / 1e9, 0, 0, size(stored));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Path.of("/dev/stderr").toFile()));
    builder.environment().put("PGPASSWORD", PostgresServer.PASSWORD);
    finish(builder.start(), command);
  }

  private static void finish(Process process, List<String> command) throws InterruptedException {
    if (process.waitFor() != 0) {
      throw new IllegalStateException("failed: " + String.join(" ", command));
    }
  }

  static long size(Path top) throws IOException {
    if (!Files.exists(top)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private Path emptied(String name) throws IOException {
    Path top = folder.resolve(name);
    if (Files.exists(top)) {
      delete(top);
    }
    return top;
  }

  static void delete(Path top) throws IOException {
    try (Stream<Path> files = Files.walk(top)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
