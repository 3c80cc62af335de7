package dev.undercroft.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.main.LogTail.Source;
import dev.undercroft.testkit.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

  @TempDir private Path folder;

  @Test
  void the_last_lines_of_each_log_are_marked() throws Exception {
    Path one = Files.writeString(folder.resolve("one"), "a\nb\nc\n");
    Path none = folder.resolve("none");
    LogTail tail = new LogTail(List.of(new Source("1 ", one), new Source("2 ", none)));
    assertThat(tail.last(2)).containsExactly("1 b", "1 c");
    assertThat(tail.last(0)).isEmpty();
  }

  @Test
  void following_sees_new_lines_and_goes_on_after_rotation() throws Exception {
    Path log = Files.writeString(folder.resolve("log"), "old\n");
    List<String> seen = new CopyOnWriteArrayList<>();
    LogTail tail = new LogTail(List.of(new Source("", log)));
    Thread reader;
    try (Stream<String> lines = tail.follow(1)) {
      reader = Thread.ofVirtual().start(() -> lines.forEach(seen::add));
      Await.until("the old line", () -> seen.contains("old"));
      Files.writeString(log, "half", StandardOpenOption.APPEND);
      Files.writeString(log, " and half\n", StandardOpenOption.APPEND);
      Await.until("the new line", () -> seen.contains("half and half"));
      Files.move(log, folder.resolve("log.1"));
      Files.writeString(log, "new\n");
      Await.until("the line after rotation", () -> seen.contains("new"));
    }
    assertThat(reader.join(Await.PATIENCE)).isTrue();
    assertThat(seen).containsExactly("old", "half and half", "new");
  }
}
