package dev.undercroft.main;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the end of log files, and what is added to them afterwards. One thread at a time. */
final class LogTail implements AutoCloseable {

  private static final long LOOK_EVERY_MILLIS = 100;

  private final List<Source> sources;
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * One log.
   *
   * @param mark what stands before each line; empty text for nothing
   * @param file the file, which may appear later and may be replaced by rotation
   */
  record Source(String mark, Path file) {}

  private static final class Reading {
    private final Source source;
    private long position;
    private final StringBuilder begun = new StringBuilder();

    Reading(Source source) {
      this.source = source;
    }
  }

  LogTail(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /** The last lines of each log. */
  List<String> last(int lines) {
    return sources.stream().flatMap(source -> last(source, lines).stream()).toList();
  }

  private static Deque<String> last(Source source, int lines) {
    Deque<String> kept = new ArrayDeque<>();
    if (!Files.exists(source.file())) {
      return kept;
    }
    try (BufferedReader reader = Files.newBufferedReader(source.file())) {
      reader
          .lines()
          .forEach(line -> {
            kept.addLast(source.mark() + line);
            if (kept.size() > lines) {
              kept.removeFirst();
            }
          });
    } catch (IOException cause) {
      throw new UncheckedIOException(cause);
    }
    return kept;
  }

  /** The last lines, then every line that is added, until this is closed. */
  Stream<String> follow(int lines) {
    List<Reading> readings = sources.stream().map(Reading::new).toList();
    readings.forEach(reading -> reading.position = size(reading.source.file()));
    Deque<String> waiting = new ArrayDeque<>(last(lines));
    Spliterator<String> endless =
        new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {
          @Override
          public boolean tryAdvance(Consumer<? super String> action) {
            while (waiting.isEmpty()) {
              readings.forEach(reading -> readNew(reading, waiting));
              if (waiting.isEmpty() && isClosedSoon()) {
                return false;
              }
            }
            action.accept(waiting.removeFirst());
            return true;
          }
        };
    return StreamSupport.stream(endless, false).onClose(this::close);
  }

  private boolean isClosedSoon() {
    try {
      return closed.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private static void readNew(Reading reading, Deque<String> lines) {
    long size = size(reading.source.file());
    if (size < reading.position) {
      reading.position = 0;
    }
    if (size <= reading.position) {
      return;
    }
    try (RandomAccessFile file = new RandomAccessFile(reading.source.file().toFile(), "r")) {
      file.seek(reading.position);
      byte[] bytes = new byte[(int) Math.min(size - reading.position, 1 << 16)];
      int read = file.read(bytes);
      reading.position += Math.max(read, 0);
      reading.begun.append(new String(bytes, 0, Math.max(read, 0), StandardCharsets.UTF_8));
    } catch (IOException rotatedAway) {
      return;
    }
    for (int end = reading.begun.indexOf("\n"); end >= 0; end = reading.begun.indexOf("\n")) {
      lines.addLast(reading.source.mark() + reading.begun.substring(0, end));
      reading.begun.delete(0, end + 1);
    }
  }

  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException rotatedAway) {
      return 0;
    }
  }

  /** Ends following. */
  @Override
  public void close() {
    closed.countDown();
  }
}
