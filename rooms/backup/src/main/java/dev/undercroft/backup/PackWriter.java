package dev.undercroft.backup;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.undercroft.storage.BlobContent;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.BlobStore;
import dev.undercroft.storage.SegmentCipher;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects frames into packs of some megabytes and stores them: few objects instead of millions. A
 * frame is up to 32 units, compressed together (Zstandard with its own checksum) and sealed at its
 * offset in the pack, so that each can be read alone. One thread at a time.
 */
final class PackWriter implements AutoCloseable {

  /** How many units a frame holds at most; its plain text then fits one sealed segment. */
  static final int FRAME_UNITS = 31;

  private static final int PACK_BYTES = 16 * 1024 * 1024;
  private static final int LEVEL = 1;

  private final Repository repository;
  private final Repository.OpenKey key;
  private final PackTable table;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(PACK_BYTES + 512 * 1024);
  private @Nullable SegmentCipher cipher;
  private String blob = "";
  private int number = -1;
  private long stored;

  PackWriter(Repository repository, Repository.OpenKey key, PackTable table) {
    this.repository = repository;
    this.key = key;
    this.table = table;
  }

  /**
   * Adds a frame.
   *
   * @param unit number of its first unit within its file
   * @param count how many units
   * @param bytes the units' bytes; the last unit may be short
   */
  Run add(long unit, int count, ByteBuffer bytes) throws IOException {
    if (number < 0) {
      begin();
    }
    byte[] raw = new byte[bytes.remaining()];
    bytes.get(raw);
    byte[] frame = zstd.compress(raw);
    int offset = buffer.size();
    if (cipher != null) {
      frame = cipher.seal(offset, ByteBuffer.wrap(frame), SegmentCipher.Last.NO);
    }
    buffer.write(frame);
    Run run = new Run(unit, count, number, offset, frame.length, 0);
    if (buffer.size() >= PACK_BYTES) {
      flush();
    }
    return run;
  }

  private void begin() {
    blob = "packs/" + UUID.randomUUID();
    cipher = key.sealing(repository.objectName(blob));
    String salt = cipher == null ? "" : Base64.getEncoder().encodeToString(cipher.salt());
    number = table.numberOf(new PackRef(blob, key.id(), salt));
  }

  /** Stores what was collected. */
  void flush() throws IOException {
    if (number < 0) {
      return;
    }
    byte[] bytes = buffer.toByteArray();
    repository.store().put(BlobName.of(blob), BlobContent.of(bytes), BlobStore.Overwrite.REFUSE);
    stored += bytes.length;
    buffer.reset();
    number = -1;
  }

  /** How many bytes were stored so far. */
  long stored() {
    return stored;
  }

  @Override
  public void close() {
    zstd.close();
  }
}
