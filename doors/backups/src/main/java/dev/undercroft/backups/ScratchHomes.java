package dev.undercroft.backups;

import dev.undercroft.base.LivingProcess;
import dev.undercroft.base.ProblemException;
import dev.undercroft.embedded.EmbeddedHome;
import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Folders of servers that live only while one verb works: a whole cluster each. They are named
 * after the process that made them, so that the next verb stops and removes what a killed process
 * left. One thread at a time.
 */
final class ScratchHomes {

  private static final Pattern NAME = Pattern.compile("scratch-(\\d+)-(\\d+)-[0-9a-f]+");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path state;
  private final UnaryOperator<EmbeddedSettings> programs;

  /**
   * The scratch homes of an instance.
   *
   * @param state the folder in which the product keeps what it makes at run time
   * @param programs adds to settings where the server's programs are
   */
  ScratchHomes(Path state, UnaryOperator<EmbeddedSettings> programs) {
    this.state = state;
    this.programs = programs;
  }

  /** A new one; those that nobody uses any more are removed. */
  EmbeddedHome fresh() throws IOException {
    sweep();
    ProcessHandle self = ProcessHandle.current();
    Path folder =
        state.resolve(
            "scratch-"
                + self.pid()
                + "-"
                + LivingProcess.startOf(self).toEpochMilli()
                + "-"
                + UUID.randomUUID().toString().substring(0, 8));
    return EmbeddedHome.inEmpty(programs.apply(EmbeddedSettings.in(folder)));
  }

  private void sweep() throws IOException {
    if (!Files.isDirectory(state)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(state, "scratch-*")) {
      for (Path folder : all) {
        Matcher name = NAME.matcher(String.valueOf(folder.getFileName()));
        if (name.matches() && !isUsed(name)) {
          remove(folder);
        }
      }
    }
  }

  private static boolean isUsed(Matcher name) {
    Instant started = Instant.ofEpochMilli(Long.parseLong(name.group(2)));
    return LivingProcess.of(Long.parseLong(name.group(1)), started).isPresent();
  }

  /** What cannot be removed now is no reason not to restore. */
  private void remove(Path folder) {
    try {
      EmbeddedSettings settings = programs.apply(EmbeddedSettings.in(folder));
      EmbeddedServer.stopLeft(settings, PATIENCE);
      EmbeddedHome.left(settings).delete();
    } catch (ProblemException later) {
      System.getLogger("undercroft.backups")
          .log(
              System.Logger.Level.WARNING,
              "{0} is left from a process that was killed, and is not removed yet: {1}",
              folder,
              later.first().message());
    }
  }
}
