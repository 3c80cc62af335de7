package dev.undercroft.testkit;

import dev.undercroft.embedded.CacheFolder;
import dev.undercroft.embedded.ServerAccount;
import dev.undercroft.embedded.ServerBinaries;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A data directory that {@code initdb} made once per version; tests get copies. */
record DataTemplate(ServerBinaries binaries, ServerAccount account) {

  private static final long ENOUGH = 1L << 30;
  private static final String PREFIX = "undercroft-testkit-pg-";

  /** Fast because nothing need survive a crash; hostile because users' servers are, too. */
  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      max_connections = 60
      shared_buffers = 64MB
      min_wal_size = 32MB
      max_wal_size = 128MB
      fsync = off
      synchronous_commit = off
      full_page_writes = off
      autovacuum = off
      wal_level = logical
      max_prepared_transactions = 5
      shared_preload_libraries = 'pg_stat_statements'
      track_io_timing = on
      timezone = 'Pacific/Chatham'
      log_timezone = 'Pacific/Chatham'
      datestyle = 'SQL, DMY'
      intervalstyle = 'sql_standard'
      bytea_output = 'escape'
      default_text_search_config = 'pg_catalog.simple'
      """;

  private static final List<String> AUTHENTICATION =
      List.of(
          "host all all 127.0.0.1/32 scram-sha-256",
          "host replication all 127.0.0.1/32 scram-sha-256");

  /** A fresh data directory, owned by the server's user. */
  Path copy(ServerOptions options) throws IOException {
    Path template = template();
    deleteLeftovers();
    Path data = emptyFolder();
    account.own(data);
    run(List.of("cp", "-a", template + "/.", data.toString()));
    StringBuilder settings = new StringBuilder(SETTINGS);
    for (Map.Entry<String, String> setting : options.settings().entrySet()) {
      settings
          .append(setting.getKey())
          .append(" = '")
          .append(setting.getValue().replace("'", "''"))
          .append("'\n");
    }
    List<String> authentication = new ArrayList<>(options.authentication());
    authentication.addAll(AUTHENTICATION);
    replace(data.resolve("postgresql.conf"), settings.toString());
    replace(data.resolve("pg_hba.conf"), String.join("\n", authentication) + "\n");
    return data;
  }

  /** A folder for a data directory; swept when its process has ended. */
  Path emptyFolder() throws IOException {
    return Files.createTempDirectory(fastFolder(), PREFIX + ProcessHandle.current().pid() + "-");
  }

  /** Memory where there is enough of it: a database is made there in a tenth of the time. */
  private static Path fastFolder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ENOUGH
        ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Keeps owner and permissions of the file. */
  private static void replace(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private Path template() throws IOException {
    String where = Integer.toHexString(binaries.home().toString().hashCode());
    Path folder = CacheFolder.ofThisProcess().resolve("testkit");
    Path template = folder.resolve("template-1-" + binaries.version() + "-" + where);
    if (Files.exists(template)) {
      return template;
    }
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(template)) {
        initialize(folder, template);
      }
    }
    return template;
  }

  private void initialize(Path folder, Path template) throws IOException {
    Path work = Files.createTempDirectory(folder, "initdb-");
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwx------"));
    Path password = Files.writeString(work.resolve("password"), PostgresServer.PASSWORD);
    account.own(work);
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("initdb").toString(), "-D", work.resolve("data") + ""));
    command.addAll(List.of("--username=" + PostgresServer.USER, "--pwfile=" + password));
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"));
    command.addAll(List.of("--data-checksums", "--no-sync", "--no-instructions"));
    if (binaries.major() >= 17) {
      command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
    }
    run(account.command(command));
    Files.move(work.resolve("data"), template, StandardCopyOption.ATOMIC_MOVE);
    run(List.of("rm", "-rf", work.toString()));
  }

  /** Directories whose watcher was killed together with its JVM. */
  private static void deleteLeftovers() throws IOException {
    try (Stream<Path> all = Files.list(fastFolder())) {
      for (Path folder : (Iterable<Path>) all.filter(DataTemplate::isLeftover)::iterator) {
        run(List.of("rm", "-rf", folder.toString()));
      }
    }
  }

  private static boolean isLeftover(Path folder) {
    String name = folder.getFileName().toString();
    if (!name.startsWith(PREFIX)) {
      return false;
    }
    String[] parts = name.substring(PREFIX.length()).split("-", 2);
    try {
      Path pidFile = folder.resolve("postmaster.pid");
      boolean running =
          Files.exists(pidFile) && isAlive(Files.readAllLines(pidFile).getFirst().strip());
      return !running && !isAlive(parts[0]);
    } catch (IOException | NumberFormatException goneOrForeign) {
      return false;
    }
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed:\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
