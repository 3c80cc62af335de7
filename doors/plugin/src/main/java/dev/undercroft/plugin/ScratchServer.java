package dev.undercroft.plugin;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.embedded.ServerAccount;
import dev.undercroft.embedded.ServerBinaries;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server whose data lives, if it can, in memory and only until {@link #close}. It also ends when
 * this JVM ends in whatever way: a shell beside it waits for the end of a pipe that this JVM holds,
 * then stops the server and deletes its data.
 */
final class ScratchServer implements AutoCloseable {

  private static final String USER = "postgres";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long ROOM = 512L << 20;

  /** Nothing need survive a crash. */
  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      unix_socket_directories = ''
      max_connections = 10
      shared_buffers = 32MB
      min_wal_size = 32MB
      max_wal_size = 64MB
      wal_level = minimal
      max_wal_senders = 0
      fsync = off
      synchronous_commit = off
      full_page_writes = off
      autovacuum = off
      """;

  private static final String WATCH =
      """
      "$1" -D "$2/data" -p "$3" </dev/null >"$2/server.log" 2>&1 &
      server=$!
      trap '' HUP INT TERM
      (while kill -0 $server 2>/dev/null; do read -r line || break; done)
      kill -QUIT $server 2>/dev/null
      wait $server
      cd / && rm -rf "$2"
      """;

  private final Path folder;
  private final String password;
  private final int port;
  private final Process watcher;

  private ScratchServer(Path folder, String password, int port, Process watcher) {
    this.folder = folder;
    this.password = password;
    this.port = port;
    this.watcher = watcher;
  }

  /**
   * Starts one and waits until it accepts connections.
   *
   * @throws ProblemException with the server's log, if it does not start
   */
  static ScratchServer start(ServerBinaries binaries) {
    ServerAccount account = ServerAccount.current();
    String password = UUID.randomUUID().toString();
    try {
      Path folder = Files.createTempDirectory(fastFolder(), "undercroft-scratch-");
      Path secret = Files.writeString(folder.resolve("password"), password);
      account.own(folder);
      initialize(binaries, account, folder, secret);
      int port = freePort();
      List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WATCH, "sh"));
      command.addAll(List.of(binaries.program("postgres").toString(), folder.toString()));
      command.add(String.valueOf(port));
      Process watcher =
          new ProcessBuilder(account.command(command))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      ScratchServer server = new ScratchServer(folder, password, port, watcher);
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  private static void initialize(
      ServerBinaries binaries, ServerAccount account, Path folder, Path secret) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(binaries.program("initdb").toString(), "-D", folder + "/data"));
    command.addAll(List.of("--username=" + USER, "--pwfile=" + secret, "--no-sync"));
    command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"));
    command.addAll(List.of("--no-instructions", "--no-data-checksums"));
    Process process =
        new ProcessBuilder(account.command(command))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw failed(output.strip());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    Files.writeString(
        folder.resolve("data/postgresql.conf"), SETTINGS, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private static Path fastFolder() throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isWritable(memory) && Files.getFileStore(memory).getUsableSpace() > ROOM
        ? memory
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    Path pidFile = folder.resolve("data/postmaster.pid");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(pidFile) || !Files.readString(pidFile).contains("ready")) {
      if (!watcher.isAlive() || System.nanoTime() > end) {
        Path log = folder.resolve("server.log");
        String text = Files.exists(log) ? Files.readString(log) : "";
        close();
        throw failed(text);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /** How the superuser gets in. */
  PostgresAddress address() {
    return new PostgresAddress(
        List.of(new HostPort("127.0.0.1", port)), "postgres", USER, Secret.of(password), Map.of());
  }

  @Override
  public void close() {
    try {
      watcher.getOutputStream().close();
      watcher.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (IOException goneAlready) {
      watcher.destroy();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ProblemException failed(String detail) {
    return Problem.of("PLUGIN_SERVER", ProblemKind.EXTERNAL, "the throwaway server does not start")
        .withDetail(detail)
        .withRemedy("Repair what the detail names, then build again.")
        .exception();
  }

  private static ProblemException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return Problem.of("PLUGIN_INTERRUPTED", ProblemKind.EXTERNAL, "the build was interrupted")
        .withRemedy("Build again.")
        .exception(cause);
  }
}
