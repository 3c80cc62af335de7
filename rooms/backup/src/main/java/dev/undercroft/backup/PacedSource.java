package dev.undercroft.backup;

import dev.undercroft.base.ByteSize;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A server from which no more is read per second than it may be, by all workers together; the rest
 * of its disk and network is for those it serves. Thread-safe.
 */
public final class PacedSource implements BackupSource {

  private static final double NANOS = 1e9;

  private final BackupSource source;
  private final double bytesPerSecond;
  private final LongSupplier now;
  private final LongConsumer sleep;
  private long free;

  /**
   * A source that is read slowly.
   *
   * @param rate how many bytes per second
   */
  public PacedSource(BackupSource source, ByteSize rate) {
    this(source, rate, System::nanoTime, LockSupport::parkNanos);
  }

  PacedSource(BackupSource source, ByteSize rate, LongSupplier now, LongConsumer sleep) {
    this.source = source;
    this.bytesPerSecond = rate.bytes();
    this.now = now;
    this.sleep = sleep;
    this.free = now.getAsLong();
  }

  @Override
  public BackupSession begin(String label) {
    return new Paced(source.begin(label));
  }

  /** When the next read may begin, after one of this size. */
  private synchronized long reserve(long bytes) {
    free = Math.max(free, now.getAsLong());
    long begin = free;
    free += (long) (bytes / bytesPerSecond * NANOS);
    return begin;
  }

  private void await(long bytes) {
    long begin = reserve(bytes);
    for (long left = begin - now.getAsLong(); left > 0; left = begin - now.getAsLong()) {
      sleep.accept(left);
    }
  }

  private final class Paced implements BackupSession {
    private final BackupSession session;

    Paced(BackupSession session) {
      this.session = session;
    }

    @Override
    public StartPoint start() {
      return session.start();
    }

    @Override
    public List<SourceFile> files() {
      return session.files();
    }

    @Override
    public PageReader reader() {
      PageReader reader = session.reader();
      return new PageReader() {
        @Override
        public byte @Nullable [] read(String path, long offset, int length) {
          await(length);
          return reader.read(path, offset, length);
        }

        @Override
        public void close() {
          reader.close();
        }
      };
    }

    @Override
    public StopPoint stop() {
      return session.stop();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
