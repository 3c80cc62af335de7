package dev.undercroft.backup;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.Compression;
import dev.undercroft.storage.SegmentCipher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Collects frames into packs of some megabytes and stores them: few objects instead of millions. A
 * frame is up to 32 units, compressed together (Zstandard with its own checksum) and sealed at its
 * offset in the pack, so that each can be read alone. While one pack is stored the next is filled;
 * what went wrong with storing is told by the next call. One thread at a time.
 */
final class PackWriter implements AutoCloseable {

  /** How many units a frame holds at most; its plain text then fits one sealed segment. */
  static final int FRAME_UNITS = 31;

  /** What the packs of all workers may have in memory. */
  private static final int MEMORY = 64 * 1024 * 1024;

  private static final int LEAST_PACK_BYTES = 2 * 1024 * 1024;
  private static final int LEVEL = 1;

  /** Bytes that do not compress grow a little; sealing adds a few more. */
  private static final int MAX_FRAME =
      (int) Zstd.compressBound((long) FRAME_UNITS * Run.UNIT) + 1024;

  private final Repository repository;
  private final Repository.OpenKey key;
  private final PackTable table;
  private final ZstdCompressCtx zstd;
  private final int packBytes;
  private final byte[] frame = new byte[MAX_FRAME];
  private final ExecutorService storing =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("pack").factory());
  private byte[] pack;
  private byte[] spare;
  private @Nullable Future<Long> stored;
  private int filled;
  private @Nullable SegmentCipher cipher;
  private String blob = "";
  private int number = -1;
  private long storedBytes;

  /**
   * A writer.
   *
   * @param workers how many there are at once: many have smaller packs, so that all of them
   *     together need no more memory
   */
  PackWriter(Repository repository, Repository.OpenKey key, PackTable table, int workers) {
    this.packBytes = Math.max(LEAST_PACK_BYTES, MEMORY / (2 * workers));
    this.pack = new byte[packBytes + MAX_FRAME];
    this.spare = new byte[packBytes + MAX_FRAME];
    this.repository = repository;
    this.key = key;
    this.table = table;
    this.zstd =
        new ZstdCompressCtx()
            .setLevel(repository.compresses() ? LEVEL : Compression.FASTEST)
            .setChecksum(true);
  }

  /**
   * Adds a frame.
   *
   * @param unit number of its first unit within its file
   * @param count how many units
   * @param bytes the units' bytes, in an array; the last unit may be short
   */
  Run add(long unit, int count, ByteBuffer bytes) throws IOException {
    if (number < 0) {
      begin();
    }
    int offset = filled;
    int from = bytes.arrayOffset() + bytes.position();
    int length = bytes.remaining();
    SegmentCipher sealing = cipher;
    if (sealing == null) {
      filled +=
          zstd.compressByteArray(pack, offset, pack.length - offset, bytes.array(), from, length);
    } else {
      int compressed = zstd.compressByteArray(frame, 0, frame.length, bytes.array(), from, length);
      ByteBuffer place = ByteBuffer.wrap(pack, offset, pack.length - offset);
      sealing.seal(offset, ByteBuffer.wrap(frame, 0, compressed), SegmentCipher.Last.NO, place);
      filled = place.position();
    }
    Run run = new Run(unit, count, number, offset, filled - offset, 0);
    if (filled >= packBytes) {
      store();
    }
    return run;
  }

  private void begin() {
    blob = "packs/" + UUID.randomUUID();
    cipher = key.sealing(repository.objectName(blob));
    String salt = cipher == null ? "" : Base64.getEncoder().encodeToString(cipher.salt());
    number = table.numberOf(new PackRef(blob, key.id(), salt));
  }

  /** Begins to store what was collected; waits for the pack before. */
  private void store() throws IOException {
    awaitStored();
    BlobName name = BlobName.of(blob);
    BlobContent content = BlobContent.of(pack, 0, filled);
    stored =
        storing.submit(() -> {
          repository.store().put(name, content, BlobStore.Overwrite.REFUSE);
          return content.size();
        });
    byte[] other = spare;
    spare = pack;
    pack = other;
    filled = 0;
    number = -1;
  }

  private void awaitStored() throws IOException {
    Future<Long> before = stored;
    if (before == null) {
      return;
    }
    stored = null;
    try {
      storedBytes += before.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw new IOException("a pack was not stored", cause);
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Stores what was collected; when this returns, everything is stored. */
  void flush() throws IOException {
    if (number >= 0) {
      store();
    }
    awaitStored();
  }

  /** How many bytes were stored; all of them after {@link #flush}. */
  long stored() {
    return storedBytes;
  }

  /** Waits for what is being stored: nobody writes into the repository afterwards. */
  @Override
  public void close() {
    storing.close();
    zstd.close();
  }
}
