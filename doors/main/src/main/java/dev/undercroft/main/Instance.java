package dev.undercroft.main;

import dev.undercroft.backups.BackupService;
import dev.undercroft.http.HttpDoor;
import dev.undercroft.platform.InstanceSummary;
import dev.undercroft.platform.Started;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a serving process that must be stopped, in the order in which it was started.
 * Thread-safe.
 */
final class Instance implements Started.Running {

  private final Holding holding;
  private final Duration drain;
  private final AtomicReference<@Nullable InstanceSummary> summary = new AtomicReference<>();
  private final AtomicReference<@Nullable HttpDoor> door = new AtomicReference<>();
  private final AtomicReference<@Nullable Chores> chores = new AtomicReference<>();
  private final AtomicReference<@Nullable BackupService> backups = new AtomicReference<>();
  private final AtomicReference<List<ServedDatabase>> databases = new AtomicReference<>(List.of());
  private final AtomicReference<@Nullable Host> host = new AtomicReference<>();
  private final AtomicReference<@Nullable Logging> logging = new AtomicReference<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * What shows others that this process serves.
   *
   * @param lock held while it does
   * @param file says where
   */
  record Holding(InstanceLock lock, RunFile file) {}

  Instance(Holding holding, Duration drain) {
    this.holding = holding;
    this.drain = drain;
  }

  /** The log is written. */
  void has(Logging writing) {
    logging.set(writing);
  }

  /** The server runs. */
  void has(Host running) {
    host.set(running);
    running
        .reach()
        .ifPresent(reach ->
            holding.file().read().ifPresent(state -> holding.file().write(state.with(reach))));
  }

  /** The pools are there. */
  void has(List<ServedDatabase> served) {
    databases.set(List.copyOf(served));
  }

  /** The log is received and backups are taken. */
  void has(BackupService working) {
    backups.set(working);
  }

  /** HTTP is there. */
  void has(HttpDoor listening) {
    door.set(listening);
  }

  /** Work that nobody asks for is done. */
  void has(Chores running) {
    chores.set(running);
  }

  /** Everything is there. */
  void ready(InstanceSummary what) {
    summary.set(what);
    holding.file().read().ifPresent(state -> holding.file().write(state.serving(what)));
  }

  /** What is served; empty until everything is there. */
  Optional<InstanceSummary> summary() {
    return Optional.ofNullable(summary.get());
  }

  /** The databases that are served. */
  List<ServedDatabase> databases() {
    return databases.get();
  }

  @Override
  public void awaitStop() {
    try {
      stopped.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Refuses new requests, lets those in flight finish, drains the pools, stops the server and lets
   * go of the workspace. Each step is taken whatever the one before did.
   */
  @Override
  public void stop() {
    if (!stopping.compareAndSet(false, true)) {
      awaitStop();
      return;
    }
    try {
      holding.file().read().ifPresent(state -> holding.file().write(state.stopping()));
      step("HTTP", this::closeDoor);
      step("chores", this::closeChores);
      step("pools", this::drainPools);
      step("backups", this::closeBackups);
      step("database server", this::closeHost);
      step("log", this::closeLog);
    } finally {
      holding.file().remove();
      holding.lock().close();
      stopped.countDown();
    }
  }

  private void closeDoor() {
    HttpDoor listening = door.get();
    if (listening != null) {
      listening.close();
    }
  }

  private void closeChores() {
    Chores running = chores.get();
    if (running != null) {
      running.close(drain);
    }
  }

  /** After the pools, so that the log of their last transactions is stored as well. */
  private void closeBackups() {
    BackupService working = backups.get();
    if (working != null) {
      working.close();
    }
  }

  private void closeLog() {
    Logging writing = logging.get();
    if (writing != null) {
      writing.close();
    }
  }

  /** All at once: each waits for the statements of its own project. */
  private void drainPools() {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      databases().forEach(database -> threads.execute(() -> database.drain(drain)));
    }
  }

  private void closeHost() {
    Host running = host.get();
    if (running != null) {
      running.close();
    }
  }

  private static void step(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      System.getLogger("undercroft.main")
          .log(System.Logger.Level.ERROR, "stopping: " + what, failure);
    }
  }
}
