package dev.undercroft.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.ByteSize;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Reading takes the time that its rate allows, over all readers together. */
class PacedSourceTest {

  /** A session whose readers read nothing. */
  private static final class Nothing implements BackupSession {
    @Override
    public StartPoint start() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<SourceFile> files() {
      return List.of();
    }

    @Override
    public PageReader reader() {
      return new PageReader() {
        @Override
        public byte[] read(String path, long offset, int length) {
          return new byte[0];
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public StopPoint stop() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }

  @Test
  void two_readers_together_keep_to_the_rate() {
    AtomicLong clock = new AtomicLong();
    PacedSource source =
        new PacedSource(label -> new Nothing(), new ByteSize(1000), clock::get, clock::addAndGet);
    try (BackupSession session = source.begin("slowly");
        PageReader one = session.reader();
        PageReader other = session.reader()) {
      for (int i = 0; i < 5; i++) {
        var _ = one.read("file", 0, 1000);
        var _ = other.read("file", 0, 1000);
      }
      assertThat(TimeUnit.NANOSECONDS.toSeconds(clock.get()))
          .as("ten reads of a second each; the first begins at once")
          .isEqualTo(9);
    }
  }
}
