package dev.undercroft.embedded;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.base.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A running PostgreSQL that belongs to this process. If this process dies, the server goes on, and
 * the next {@link #start} with the same home takes it over. Thread-safe.
 */
public final class EmbeddedServer implements AutoCloseable {

  /** How the server came to run. */
  public enum Arrival {
    /** Its data directory was made, then it was started. */
    CREATED,
    /** It was started. */
    STARTED,
    /** It ran already: an earlier process had left it behind. */
    TAKEN_OVER
  }

  /** The name of the superuser's password among the secrets. */
  public static final String PASSWORD = "postgres-superuser";

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

  private final ServerPlace place;
  private final Postmaster postmaster;
  private final HomeLock lock;
  private final Run run;
  private final Secret password;
  private final AtomicBoolean stopped = new AtomicBoolean();

  /** What one start found out. */
  private record Run(long pid, int port, Arrival arrival, Instant since) {}

  private EmbeddedServer(
      ServerPlace place, Postmaster postmaster, HomeLock lock, Run run, Secret password) {
    this.place = place;
    this.postmaster = postmaster;
    this.lock = lock;
    this.run = run;
    this.password = password;
  }

  /**
   * Starts the server, or takes over one that an earlier process left behind; returns when it
   * accepts connections.
   *
   * @param settings what it is to be like
   * @param progress hears the steps
   * @throws ProblemException if another process holds the home, if the data is not ours, of another
   *     major version or of another user, if the port is taken, if the disk is full or read-only
   */
  public static EmbeddedServer start(EmbeddedSettings settings, Progress progress) {
    ServerAccount account = ServerAccount.current();
    ServerPlace place = ServerPlace.prepare(settings.home(), account);
    HomeLock lock = HomeLock.take(settings.home(), Instant.now());
    boolean running = false;
    try {
      new HomeExchange(place).finish();
      progress.report("finding the server's programs", 0, 3);
      EmbeddedServer server =
          start(settings, new Postmaster(place, binaries(settings), account), lock, progress);
      running = true;
      return server;
    } catch (IOException e) {
      throw ServerPlace.notWritable(settings.home(), e);
    } finally {
      if (!running) {
        lock.close();
      }
    }
  }

  /** Whether a data directory was ever made in this home. Makes nothing. */
  public static boolean hasData(Path home) {
    return Files.exists(home.resolve("data"))
        || Files.exists(home.resolve(ServerPlace.LOCATION))
        || Files.exists(home.resolve(HomeExchange.NOTE));
  }

  /**
   * Stops a server that an earlier process left behind; does nothing if there is none.
   *
   * @param settings where it is
   * @param patience how long it may take to end its sessions and write its data
   * @return whether there was one
   * @throws ProblemException if a living process holds it
   */
  public static boolean stopLeft(EmbeddedSettings settings, Duration patience) {
    if (!Files.exists(settings.home())) {
      return false;
    }
    ServerAccount account = ServerAccount.current();
    ServerPlace place = ServerPlace.prepare(settings.home(), account);
    HomeLock lock = HomeLock.take(settings.home(), Instant.now());
    try {
      Optional<PidFile> left =
          PidFile.read(place.data())
              .filter(file -> new ServerProcesses(place.data()).isOurs(file.pid()));
      left.ifPresent(file ->
          new Postmaster(place, binaries(settings), account)
              .stop(file.pid(), patience.toSeconds()));
      return left.isPresent();
    } finally {
      lock.close();
    }
  }

  private static ServerBinaries binaries(EmbeddedSettings settings) {
    return settings
        .binaries()
        .map(ServerBinaries::installedAt)
        .orElseGet(() -> ServerBinaries.bundled(settings.cache()));
  }

  private static EmbeddedServer start(
      EmbeddedSettings settings, Postmaster postmaster, HomeLock lock, Progress progress) {
    ServerPlace place = postmaster.place();
    progress.report("preparing the data directory", 1, 3);
    ClusterInit cluster = new ClusterInit(place, postmaster.binaries(), postmaster.account());
    if (cluster.isPresent() && place.secrets().find(PASSWORD).isEmpty()) {
      throw StartFailure.passwordLost(postmaster, place.secrets().file(PASSWORD));
    }
    Secret password = place.secrets().getOrCreate(PASSWORD);
    boolean created = cluster.ensure(password);
    Optional<PidFile> left =
        new Predecessor(place, postmaster, settings).takeOver(password.reveal());
    progress.report("starting PostgreSQL " + postmaster.binaries().version(), 2, 3);
    Run run =
        left.map(file -> new Run(file.pid(), file.port(), Arrival.TAKEN_OVER, Instant.now()))
            .orElseGet(() -> startAnew(settings, postmaster, created));
    new Ports(place, settings.port()).remember(run.port());
    progress.report("PostgreSQL is ready", 3, 3);
    return new EmbeddedServer(place, postmaster, lock, run, password);
  }

  private static Run startAnew(EmbeddedSettings settings, Postmaster postmaster, boolean created) {
    postmaster.configure(settings);
    Ports ports = new Ports(postmaster.place(), settings.port());
    int port = ports.choose();
    Arrival arrival = created ? Arrival.CREATED : Arrival.STARTED;
    try {
      return new Run(postmaster.start(port), port, arrival, Instant.now());
    } catch (ProblemException failure) {
      if (!StartFailure.isPortTaken(postmaster.place())) {
        throw failure;
      }
    } catch (IOException e) {
      throw ServerPlace.notWritable(postmaster.place().place(), e);
    }
    return secondPort(ports, port, postmaster, arrival);
  }

  /** Somebody was faster; with a port of the server's own choice another one will do. */
  private static Run secondPort(Ports ports, int taken, Postmaster postmaster, Arrival arrival) {
    int port = ports.choose();
    if (port == taken) {
      throw StartFailure.portTaken(postmaster.place().home(), taken);
    }
    try {
      return new Run(postmaster.start(port), port, arrival, Instant.now());
    } catch (IOException e) {
      throw ServerPlace.notWritable(postmaster.place().place(), e);
    }
  }

  /** The loopback address it listens on, beside {@code ::1}. */
  public String host() {
    return "127.0.0.1";
  }

  /** The TCP port. */
  public int port() {
    return run.port();
  }

  /** The superuser. */
  public String superuser() {
    return EmbeddedSettings.SUPERUSER;
  }

  /** The superuser's password. */
  public Secret password() {
    return password;
  }

  /** The file that holds the superuser's password; only its owner can read it. */
  public Path passwordFile() {
    return place.secrets().file(PASSWORD);
  }

  /** The folder of secrets, for the passwords of other roles. */
  public SecretFolder secrets() {
    return place.secrets();
  }

  /** For example {@code 18.6}. */
  public String version() {
    return postmaster.binaries().version();
  }

  /** The programs it runs. */
  public ServerBinaries binaries() {
    return postmaster.binaries();
  }

  /** The data directory. */
  public Path data() {
    return place.data();
  }

  /** The folder of the Unix socket. */
  public Path socketFolder() {
    return place.socket();
  }

  /** The file of the server's log that is written now. */
  public Optional<Path> logFile() {
    return new ServerLog(place.logs()).newest();
  }

  /** The process id of the server. */
  public long pid() {
    return run.pid();
  }

  /** How it came to run. */
  public Arrival arrival() {
    return run.arrival();
  }

  /** Since when this process has it. */
  public Instant since() {
    return run.since();
  }

  /** Whether its process is alive. */
  public boolean isAlive() {
    return LivingProcess.of(run.pid()).isPresent();
  }

  /** Tells whoever starts a second one where this process serves. */
  public void announce(String url) {
    lock.announce(url);
  }

  /**
   * Stops the server. A second call does nothing.
   *
   * @param patience how long it may take to end its sessions and write its data; after that it is
   *     stopped at once, and recovers at its next start
   * @return whether it stopped in time
   */
  public boolean stop(Duration patience) {
    if (!stopped.compareAndSet(false, true)) {
      return true;
    }
    try {
      return !isAlive() || postmaster.stop(run.pid(), patience.toSeconds());
    } finally {
      lock.close();
    }
  }

  /** Lets go of the server without stopping it, as a killed process does. */
  void abandon() {
    stopped.set(true);
    lock.close();
  }

  /** Stops the server, with 30 seconds of patience. */
  @Override
  public void close() {
    stop(STOP_PATIENCE);
  }
}
