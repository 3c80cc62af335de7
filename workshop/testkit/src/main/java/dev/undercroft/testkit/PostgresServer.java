package dev.undercroft.testkit;

import dev.undercroft.embedded.ServerAccount;
import dev.undercroft.embedded.ServerBinaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A running PostgreSQL with a data directory of its own. It ends with {@link #close}, and also when
 * this JVM ends in whatever way: a shell beside it waits for the end of a pipe that this JVM holds,
 * then stops the server and deletes its directory. Thread-safe.
 */
public final class PostgresServer implements AutoCloseable {

  /** Only loopback is listened on. */
  public static final String HOST = "127.0.0.1";

  /** The superuser. */
  public static final String USER = "tester";

  /** The superuser's password: every character that is special in a URL or in SQL. */
  public static final String PASSWORD = "te st@:/?#%&'\"\\$+=";

  private static final String WATCH =
      """
      "$1" -D "$2" -p "$3" </dev/null >"$2/server.log" 2>&1 &
      server=$!
      trap '' HUP INT TERM
      (while kill -0 $server 2>/dev/null; do read -r line || break; done)
      kill -QUIT $server 2>/dev/null
      wait $server
      cd / && rm -rf "$2"
      """;

  private final PostgresVersion version;
  private final Path data;
  private final int port;
  private final Deque<Process> watchers = new ArrayDeque<>();
  private final AtomicInteger databases = new AtomicInteger();

  private PostgresServer(PostgresVersion version, Path data, int port, Process watcher) {
    this.version = version;
    this.data = data;
    this.port = port;
    this.watchers.push(watcher);
  }

  /**
   * Starts a server and waits until it accepts connections.
   *
   * @throws AssertionError if it does not start; the message holds its log
   */
  public static PostgresServer start(PostgresVersion version, ServerOptions options) {
    ServerBinaries binaries = version.binaries();
    ServerAccount account = ServerAccount.current();
    try {
      return launch(version, new DataTemplate(binaries, account).copy(options));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills an empty folder with a data directory. */
  @FunctionalInterface
  public interface Filling {
    /** Writes the files; the folder exists, is empty and will belong to the server's user. */
    void into(Path folder) throws IOException;
  }

  /**
   * Starts a server on a data directory that the test makes, for example by a restore, and waits
   * until it is out of recovery.
   *
   * @throws AssertionError if it does not start; the message holds its log
   */
  public static PostgresServer startOn(PostgresVersion version, Filling filling) {
    ServerAccount account = ServerAccount.current();
    try {
      Path data = new DataTemplate(version.binaries(), account).emptyFolder();
      filling.into(data);
      // A copy brings along what its original has logged; that says nothing of this start.
      Files.deleteIfExists(data.resolve("server.log"));
      account.own(data);
      PostgresServer server = launch(version, data);
      Await.until("recovery ends", server::isWritable);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server in recovery says that it is ready as soon as it can be read. */
  private boolean isWritable() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select not pg_catalog.pg_is_in_recovery()")) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static PostgresServer launch(PostgresVersion version, Path data) throws IOException {
    int port = freePort();
    PostgresServer server = new PostgresServer(version, data, port, watch(version, data, port));
    server.awaitReady();
    return server;
  }

  private static Process watch(PostgresVersion version, Path data, int port) throws IOException {
    ServerBinaries binaries = version.binaries();
    List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", WATCH, "sh"));
    command.addAll(List.of(binaries.program("postgres").toString(), data.toString()));
    command.add(String.valueOf(port));
    return new ProcessBuilder(ServerAccount.current().command(command))
        .directory(data.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() {
    Path pidFile = data.resolve("postmaster.pid");
    Path log = data.resolve("server.log");
    Await.until(
        "PostgreSQL " + version.major() + " starts",
        () -> {
          if (!isWatched() || (Files.exists(log) && failed(Files.readString(log)))) {
            throw new IllegalStateException(Files.exists(log) ? Files.readString(log) : "no log");
          }
          return Files.exists(pidFile) && Files.readString(pidFile).contains("ready");
        });
  }

  private synchronized boolean isWatched() {
    return watchers.getFirst().isAlive();
  }

  /**
   * Kills all processes of the server at once, as the kernel does when memory is short, and starts
   * it again on the same directory and port. Returns when it accepts connections.
   */
  public synchronized void crash() {
    try {
      ProcessHandle postmaster =
          ProcessHandle.of(pid()).orElseThrow(() -> new AssertionError("no server to kill"));
      List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
      all.addFirst(postmaster);
      all.forEach(ProcessHandle::destroyForcibly);
      Await.until("all its processes are gone", () -> all.stream().noneMatch(this::isRunning));
      Path pidFile = data.resolve("postmaster.pid");
      Files.delete(pidFile);
      watchers.push(watch(version, data, port));
      Await.until(
          "PostgreSQL " + version.major() + " starts again",
          () -> Files.exists(pidFile) && Files.readString(pidFile).contains("ready"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A process that nobody has waited for yet is there, but has no command any more. */
  private boolean isRunning(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }

  private static boolean failed(String log) {
    return log.contains("database system is shut down") || log.contains("FATAL:");
  }

  /** Which server this is. */
  public PostgresVersion version() {
    return version;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** The data directory. */
  public Path data() {
    return data;
  }

  /** What the server has logged so far. */
  public String log() throws IOException {
    return Files.readString(data.resolve("server.log"));
  }

  /** The process id of the postmaster. */
  public long pid() throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
  }

  /** A new connection of the superuser to the database {@code postgres}; the caller closes it. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://" + HOST + ":" + port + "/postgres", USER, PASSWORD);
  }

  /** {@code postgres://user:password@host:port/database} with everything percent-encoded. */
  public String url(String user, String password, String database) {
    return "postgres://%s:%s@%s:%d/%s"
        .formatted(encode(user), encode(password), HOST, port, encode(database));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  String nextDatabaseName() {
    return "Test-" + databases.incrementAndGet();
  }

  /** Stops the server and deletes its data directory. */
  @Override
  public synchronized void close() {
    try {
      // The one that started last first: the others only wait to delete the directory.
      for (Process watcher : watchers) {
        watcher.getOutputStream().close();
        if (!watcher.waitFor(30, TimeUnit.SECONDS)) {
          throw new AssertionError("PostgreSQL did not stop: pid " + pid());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while stopping PostgreSQL", e);
    }
  }
}
