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

  /** Bytes that do not compress grow a little; sealing adds a few more. */
  private static final int MAX_FRAME =
      (int) Zstd.compressBound((long) FRAME_UNITS * Run.UNIT) + 1024;

  private final Repository repository;
  private final Repository.OpenKey key;
  private final PackTable table;
  private final ZstdCompressCtx zstd;
  private final byte[] pack = new byte[PACK_BYTES + MAX_FRAME];
  private final byte[] frame = new byte[MAX_FRAME];
  private int filled;
  private @Nullable SegmentCipher cipher;
  private String blob = "";
  private int number = -1;
  private long stored;

  PackWriter(Repository repository, Repository.OpenKey key, PackTable table) {
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
    if (filled >= PACK_BYTES) {
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
    repository
        .store()
        .put(BlobName.of(blob), BlobContent.of(pack, 0, filled), BlobStore.Overwrite.REFUSE);
    stored += filled;
    filled = 0;
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
