package dev.undercroft.backup;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.BlobName;
import dev.undercroft.storage.SegmentCipher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames out of the packs of one manifest. Neighbouring frames are fetched with one request:
 * the last window of a pack is kept. One thread at a time.
 */
final class PackReaders {

  private static final int WINDOW = 4 * 1024 * 1024;
  private static final int MAX_FRAME = PackWriter.FRAME_UNITS * Run.UNIT;

  private final Repository repository;
  private final List<PackRef> packs;
  private int windowPack = -1;
  private long windowStart;
  private byte[] window = new byte[0];
  private @Nullable SegmentCipher cipher;

  PackReaders(Repository repository, List<PackRef> packs) {
    this.repository = repository;
    this.packs = packs;
  }

  /** The plain bytes of the frame that a run names. */
  byte[] frame(Run run) throws IOException {
    PackRef pack = packs.get(run.pack());
    fetch(run, pack);
    int from = Math.toIntExact(run.offset() - windowStart);
    if (from + run.length() > window.length) {
      throw damaged(pack, run, "it ends before the frame does", null);
    }
    byte[] stored = java.util.Arrays.copyOfRange(window, from, from + run.length());
    if (cipher != null) {
      stored = cipher.open(run.offset(), ByteBuffer.wrap(stored), SegmentCipher.Last.NO);
    }
    try {
      long size = Zstd.getFrameContentSize(stored);
      if (size <= 0 || size > MAX_FRAME) {
        throw damaged(pack, run, "the frame says it holds " + size + " bytes", null);
      }
      return Zstd.decompress(stored, (int) size);
    } catch (ZstdException e) {
      throw damaged(pack, run, "the frame does not decompress", e);
    }
  }

  private void fetch(Run run, PackRef pack) throws IOException {
    boolean inWindow =
        windowPack == run.pack()
            && run.offset() >= windowStart
            && run.offset() + run.length() <= windowStart + window.length;
    if (inWindow) {
      return;
    }
    if (windowPack != run.pack()) {
      cipher = repository.opening(pack);
    }
    try (InputStream in =
        repository
            .store()
            .open(BlobName.of(pack.blob()), run.offset(), Math.max(WINDOW, run.length()))) {
      window = in.readAllBytes();
    }
    windowPack = run.pack();
    windowStart = run.offset();
  }

  private static ProblemException damaged(
      PackRef pack, Run run, String what, @Nullable Exception cause) {
    Problem problem =
        Problem.of(
                "BACKUP_DAMAGED",
                ProblemKind.EXTERNAL,
                pack.blob() + " is damaged at byte " + run.offset() + ": " + what)
            .withRemedy(
                "Restore from another backup or another copy of the repository; run `undercroft backup verify`.")
            .with("object", pack.blob());
    return cause == null ? problem.exception() : problem.exception(cause);
  }
}
