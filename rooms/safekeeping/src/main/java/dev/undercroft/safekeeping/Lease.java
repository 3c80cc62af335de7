package dev.undercroft.safekeeping;

import dev.undercroft.backup.Repository;
import dev.undercroft.base.LivingProcess;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The right to write one kind of thing into a repository, for one process at a time. Each holder
 * has a generation of its own, written once under a new name; whoever finds a younger generation
 * than his own has lost the right. A holder that died is followed when its time is over, or at once
 * when it was of this machine. Thread-safe.
 */
public final class Lease implements AutoCloseable {

  private static final Duration TERM = Duration.ofMinutes(2);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Repository repository;
  private final String folder;
  private final long generation;
  private final InstantSource clock;
  private final ScheduledExecutorService renewal =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("lease").factory());

  /** What a generation says. */
  private record Holder(String host, long pid, Instant processStarted, Instant until) {

    static Holder ofThisProcess(Instant until) {
      ProcessHandle self = ProcessHandle.current();
      return new Holder(hostName(), self.pid(), LivingProcess.startOf(self), until);
    }

    boolean isOver(Instant now) {
      return now.isAfter(until)
          || (host.equals(hostName()) && LivingProcess.of(pid, processStarted).isEmpty());
    }

    private static String hostName() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }

  private Lease(Repository repository, String folder, long generation, InstantSource clock) {
    this.repository = repository;
    this.folder = folder;
    this.generation = generation;
    this.clock = clock;
    var _ =
        renewal.scheduleAtFixedRate(
            this::renew, TERM.toSeconds() / 4, TERM.toSeconds() / 4, TimeUnit.SECONDS);
  }

  /**
   * Takes the lease.
   *
   * @param what what it is about, for example {@code backup}
   * @throws ProblemException {@code BACKUP_LEASE_HELD} when somebody has it
   */
  public static Lease take(Repository repository, String what, InstantSource clock)
      throws IOException {
    String folder = "leases/" + what + "/";
    long newest = newest(repository, folder);
    if (newest > 0) {
      Holder holder = holder(repository, folder, newest);
      if (!holder.isOver(clock.instant())) {
        throw held(what, holder);
      }
    }
    long generation = newest + 1;
    try {
      repository.putNote(
          name(folder, generation),
          JSON.writeValueAsBytes(Holder.ofThisProcess(clock.instant().plus(TERM))),
          BlobStore.Overwrite.REFUSE);
    } catch (ProblemException lost) {
      if (lost.first().code().equals("STORAGE_EXISTS")) {
        throw held(what, holder(repository, folder, generation));
      }
      throw lost;
    }
    for (BlobName older : repository.notes(folder)) {
      if (older.compareTo(name(folder, generation)) < 0) {
        repository.removeNote(older);
      }
    }
    return new Lease(repository, folder, generation, clock);
  }

  private static ProblemException held(String what, Holder holder) {
    return Problem.of(
            "BACKUP_LEASE_HELD",
            ProblemKind.CONFLICT,
            "process "
                + holder.pid()
                + " on "
                + holder.host()
                + " works on the repository's "
                + what
                + " at this moment")
        .withRemedy("Wait for it. If it died on another machine, its right ends " + holder.until())
        .exception();
  }

  private static BlobName name(String folder, long generation) {
    return BlobName.of(folder + String.format("%016d", generation));
  }

  private static long newest(Repository repository, String folder) throws IOException {
    List<BlobName> all =
        repository.notes(folder).stream()
            .filter(name -> name.text().substring(folder.length()).matches("\\d{16}"))
            .toList();
    return all.isEmpty() ? 0 : Long.parseLong(all.getLast().text().substring(folder.length()));
  }

  private static Holder holder(Repository repository, String folder, long generation)
      throws IOException {
    return repository
        .note(name(folder, generation))
        .map(bytes -> JSON.readValue(bytes, Holder.class))
        .orElseGet(() -> new Holder("", 0, Instant.EPOCH, Instant.EPOCH));
  }

  private void renew() {
    try {
      if (newest(repository, folder) == generation) {
        write(clock.instant().plus(TERM));
      }
    } catch (IOException | RuntimeException later) {
      System.getLogger("undercroft.safekeeping")
          .log(System.Logger.Level.WARNING, "the lease " + folder + " was not renewed", later);
    }
  }

  private void write(Instant until) throws IOException {
    repository.putNote(
        name(folder, generation),
        JSON.writeValueAsBytes(Holder.ofThisProcess(until)),
        BlobStore.Overwrite.REPLACE);
  }

  /**
   * Makes sure, before what cannot be undone, that nobody else has taken over.
   *
   * @throws ProblemException {@code BACKUP_LEASE_LOST}
   */
  public void check() {
    try {
      Holder now = holder(repository, folder, generation);
      if (newest(repository, folder) != generation || now.isOver(clock.instant())) {
        throw Problem.of(
                "BACKUP_LEASE_LOST",
                ProblemKind.CONFLICT,
                "this process was silent for too long, and another may have taken over")
            .withRemedy("Nothing is lost; run the command again.")
            .exception();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the lease back. */
  @Override
  public void close() {
    renewal.shutdownNow();
    try {
      if (newest(repository, folder) == generation) {
        write(Instant.EPOCH);
      }
    } catch (IOException e) {
      System.getLogger("undercroft.safekeeping")
          .log(System.Logger.Level.WARNING, "the lease " + folder + " was not given back", e);
    }
  }
}
