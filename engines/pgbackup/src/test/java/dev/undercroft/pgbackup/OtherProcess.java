package dev.undercroft.pgbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.backup.Repository;
import dev.undercroft.backup.Restorer;
import dev.undercroft.backup.Retention;
import dev.undercroft.backup.WalReceiver;
import dev.undercroft.base.Progress;
import dev.undercroft.safekeeping.BackupTaking;
import dev.undercroft.safekeeping.Pruning;
import dev.undercroft.safekeeping.RestorePlan;
import dev.undercroft.safekeeping.RestorePlanner;
import dev.undercroft.safekeeping.RestoreWish;
import dev.undercroft.safekeeping.RestoredLog;
import dev.undercroft.storage.DiskBlobStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Work on a repository in a process of its own, which can be killed, or kills itself. */
final class OtherProcess implements AutoCloseable {

  /** What it does. */
  enum Verb {
    /** Receives the log until its input ends. */
    RECEIVE,
    /** Takes a backup. */
    BACKUP,
    /** Removes all backups but the newest. */
    PRUNE,
    /** Restores the newest. */
    RESTORE
  }

  /** How a process ends that was killed: 128 and the number of the signal. */
  private static final int KILLED = 128 + 9;

  private static final int NEVER = Integer.MAX_VALUE;

  private final Process process;
  private final BufferedReader out;

  private OtherProcess(List<String> before, List<String> words) throws IOException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName()));
    command.addAll(words);
    this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  private static List<String> words(Verb verb, Rig rig, Path repository, int step, Path target) {
    return List.of(
        verb.name(),
        String.valueOf(rig.port()),
        repository.toString(),
        String.valueOf(step),
        target.toString());
  }

  /** Receives the log; when this returns it does so. */
  static OtherProcess receiving(Rig rig, Path repository) throws IOException {
    OtherProcess made = halting(Verb.RECEIVE, rig, repository, NEVER);
    assertThat(made.reaches("receiving")).isTrue();
    return made;
  }

  /** Takes a backup, and tells each step. */
  static OtherProcess backingUp(Rig rig, Path repository) throws IOException {
    return halting(Verb.BACKUP, rig, repository, NEVER);
  }

  /** Works, and halts before its step of this number, from 0: a blob stored or removed. */
  static OtherProcess halting(Verb verb, Rig rig, Path repository, int step) throws IOException {
    return new OtherProcess(
        List.of(), words(verb, rig, repository, step, repository.resolveSibling("none")));
  }

  /**
   * Restores the newest backup.
   *
   * @param before words that run the process, for example in a mount namespace
   * @param step before which it halts; here each time that a part of a blob is read
   */
  static OtherProcess restoring(List<String> before, Path repository, int step, Path target)
      throws IOException {
    return new OtherProcess(before, words(Verb.RESTORE, new Rig(0), repository, step, target));
  }

  /** Returns when it tells a step that begins with these words; whether it came to that. */
  boolean reaches(String step) throws IOException {
    String line = out.readLine();
    while (line != null && !line.startsWith(step)) {
      line = out.readLine();
    }
    return line != null;
  }

  /** Kills it; whether it died of that. */
  boolean kill() throws InterruptedException {
    process.destroyForcibly();
    return process.waitFor() == KILLED;
  }

  /**
   * What it says until it ends by itself.
   *
   * @param exit its exit code
   * @param text all it said
   */
  record Ended(int exit, String text) {
    /** Whether it halted as it was told, like a killed process. */
    boolean halted() {
      return exit == KILLED;
    }
  }

  Ended ended() throws IOException, InterruptedException {
    StringBuilder text = new StringBuilder();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      text.append(line).append('\n');
    }
    return new Ended(process.waitFor(), text.toString());
  }

  /** Lets it come to an end. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The other process. */
  public static void main(String[] words) throws Exception {
    Verb verb = Verb.valueOf(words[0]);
    Rig rig = new Rig(Integer.parseInt(words[1]));
    int step = Integer.parseInt(words[3]);
    Counter counter = new Counter(verb, step);
    Repository repository =
        Repository.open(new FaultyStore(new DiskBlobStore(Path.of(words[2])), counter), Rig.keys());
    switch (verb) {
      case RECEIVE -> receive(rig, repository);
      case BACKUP ->
          rig.backUp(
              repository,
              BackupTaking.Method.AUTOMATIC,
              (what, done, total) -> System.out.println(what + " " + done + "/" + total));
      case PRUNE -> {
        InstantSource later = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
        new Pruning(repository, later).prune(new Retention(0, 1, 0, 0, 0, 0));
      }
      case RESTORE -> {
        Path target = Path.of(words[4]);
        RestorePlan plan = new RestorePlanner(repository).plan(RestoreWish.latest());
        new Restorer(repository, 2).restore(plan.id(), target, Progress.NONE);
        new RestoredLog(plan).prepare(target);
      }
    }
  }

  private static void receive(Rig rig, Repository repository) throws IOException {
    try (WalReceiver receiver =
        new WalReceiver(rig.log(), repository, problem -> System.out.println(problem.message()))) {
      receiver.start();
      System.out.println("receiving");
      while (System.in.read() >= 0) {
        // Until the pipe ends, with the parent or before.
      }
    }
  }

  /** Counts what a verb does to blobs, and halts the process before one of them. */
  private static final class Counter implements FaultyStore.Gate {
    private final Verb verb;
    private final int step;
    private int seen;

    Counter(Verb verb, int step) {
      this.verb = verb;
      this.step = step;
    }

    @Override
    public synchronized void before(
        FaultyStore.Operation operation, dev.undercroft.storage.BlobName name, int number) {
      boolean reads = operation == FaultyStore.Operation.OPEN;
      if (reads == (verb == Verb.RESTORE) && seen++ == step) {
        System.out.println("halts before " + operation + " " + name);
        System.out.flush();
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }
}
