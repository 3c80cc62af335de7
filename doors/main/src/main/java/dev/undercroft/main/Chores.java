package dev.undercroft.main;

import dev.undercroft.http.Guest;
import dev.undercroft.sdk.Chore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Runs the chores of the applications, each on its own, until it is closed. Every run is measured
 * as {@code undercroft.chore}, what it took care of as {@code undercroft.chore.items}. Thread-safe.
 */
final class Chores {

  private static final System.Logger LOG = System.getLogger("undercroft.chores");

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("undercroft-chore-", 0).factory());

  private final CountDownLatch closing = new CountDownLatch(1);
  private final MeterRegistry meters;

  private Chores(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Begins with the first run of each. */
  static Chores begin(MeterRegistry meters, List<Guest> guests) {
    Chores chores = new Chores(meters);
    for (Guest guest : guests) {
      String name = guest.application().name();
      guest
          .application()
          .chores(guest.services())
          .forEach(chore -> chores.threads.execute(() -> chores.repeat(new Entry(name, chore))));
    }
    return chores;
  }

  /** Begins with the house's own chore, for the first time after a pause. */
  void also(Chore chore) {
    threads.execute(() -> {
      try {
        if (!closing.await(chore.every().toNanos(), TimeUnit.NANOSECONDS)) {
          repeat(new Entry("undercroft", chore));
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private record Entry(String application, Chore chore) {}

  private void repeat(Entry entry) {
    try {
      do {
        run(entry);
      } while (!closing.await(entry.chore().every().toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** A failure is told here: thrown on, it would end all later runs. */
  private void run(Entry entry) {
    Timer.Sample begun = Timer.start(meters);
    String outcome = "failed";
    try {
      var done = entry.chore().work().get();
      outcome = "done";
      done.forEach((what, number) -> count(entry, what, number));
      LOG.log(
          System.Logger.Level.DEBUG,
          () -> entry.application() + ": " + entry.chore().name() + " " + done);
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR,
          entry.application() + ": " + entry.chore().name() + " failed",
          failure);
    } finally {
      begun.stop(
          Timer.builder("undercroft.chore")
              .description("Runs of work that nobody asks for")
              .tag("application", entry.application())
              .tag("chore", entry.chore().name())
              .tag("outcome", outcome)
              .register(meters));
    }
  }

  private void count(Entry entry, String what, int number) {
    meters
        .counter(
            "undercroft.chore.items",
            "application",
            entry.application(),
            "chore",
            entry.chore().name(),
            "what",
            what)
        .increment(number);
  }

  /** Begins no further run, and waits for those that have begun. */
  void close(Duration patience) {
    closing.countDown();
    threads.shutdown();
    try {
      if (!threads.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException stop) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
