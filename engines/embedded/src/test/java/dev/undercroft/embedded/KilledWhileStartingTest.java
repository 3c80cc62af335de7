package dev.undercroft.embedded;

import static dev.undercroft.embedded.TestHome.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process is killed when it has come so far; the next one starts as if nothing had been. */
class KilledWhileStartingTest {

  /** How far a first start has come, by what can be seen in its home. */
  enum Sign {
    LOCKED("server.lock"),
    PASSWORD("secrets/postgres-superuser"),
    MAKING("data.unfinished-*"),
    HALF_MADE("data.unfinished-*/data/PG_VERSION"),
    NEARLY_MADE("data.unfinished-*/data/undercroft.cluster"),
    MADE("data"),
    CONFIGURED("data/undercroft.conf"),
    STARTED("data/postmaster.pid");

    private final String path;

    Sign(String path) {
      this.path = path;
    }

    boolean isSeenIn(Path home) throws IOException {
      return isSeen(home, List.of(path.split("/", -1)));
    }

    private static boolean isSeen(Path folder, List<String> parts) throws IOException {
      if (parts.isEmpty()) {
        return true;
      }
      if (!parts.getFirst().endsWith("*")) {
        Path next = folder.resolve(parts.getFirst());
        return Files.exists(next) && isSeen(next, parts.subList(1, parts.size()));
      }
      String beginning = parts.getFirst().replace("*", "");
      if (!Files.isDirectory(folder)) {
        return false;
      }
      try (Stream<Path> all = Files.list(folder)) {
        for (Path one : (Iterable<Path>) all::iterator) {
          if (one.getFileName().toString().startsWith(beginning)
              && isSeen(one, parts.subList(1, parts.size()))) {
            return true;
          }
        }
        return false;
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Sign.class,
      names = {"HALF_MADE", "MADE", "STARTED"})
  void the_next_start_goes_on(Sign sign) throws Exception {
    killAndStart(sign);
  }

  @ParameterizedTest
  @EnumSource(Sign.class)
  @Tag("long")
  void the_next_start_goes_on_from_every_step(Sign sign) throws Exception {
    killAndStart(sign);
  }

  /** A sign that is seen for a moment only may be missed. */
  private static boolean isReady(TestHome home) {
    return PidFile.read(home.data()).filter(PidFile::isReady).isPresent();
  }

  private static void killAndStart(Sign sign) throws Exception {
    try (TestHome home = new TestHome()) {
      try (ChildProcess child = new ChildProcess(home)) {
        while (!sign.isSeenIn(home.path()) && !isReady(home)) {
          ServerProcesses.pause();
        }
        child.kill();
      }
      try (EmbeddedServer next = home.start()) {
        assertThat(value(next, "SELECT 1")).isEqualTo("1");
        assertThat(value(next, "SHOW data_checksums")).isEqualTo("on");
      }
      home.start().close();
      assertThat(new ServerProcesses(home.data()).living()).isEmpty();
    }
  }
}
