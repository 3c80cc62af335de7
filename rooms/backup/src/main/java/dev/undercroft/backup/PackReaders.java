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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames out of the packs of one manifest. Neighbouring frames are fetched with one request,
 * and a window of each of the packs used last is kept: the files of a manifest alternate between
 * the packs of the workers that wrote them. One thread at a time.
 */
final class PackReaders {

  private static final int WINDOW_BYTES = 1024 * 1024;
  private static final int WINDOWS = 8;
  private static final int MAX_FRAME = PackWriter.FRAME_UNITS * Run.UNIT;

  private final Repository repository;
  private final List<PackRef> packs;
  private final Map<Integer, Window> windows =
      new LinkedHashMap<>(WINDOWS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Window> eldest) {
          return size() > WINDOWS;
        }
      };

  /** A part of a pack in memory, and what opens its frames. */
  private static final class Window {
    final @Nullable SegmentCipher cipher;
    long start;
    byte[] bytes = new byte[0];

    Window(@Nullable SegmentCipher cipher) {
      this.cipher = cipher;
    }

    boolean holds(Run run) {
      return run.offset() >= start && run.offset() + run.length() <= start + bytes.length;
    }
  }

  PackReaders(Repository repository, List<PackRef> packs) {
    this.repository = repository;
    this.packs = packs;
  }

  /** The plain bytes of the frame that a run names. */
  byte[] frame(Run run) throws IOException {
    PackRef pack = packs.get(run.pack());
    Window window = window(run, pack);
    if (!window.holds(run)) {
      throw damaged(pack, run, "it ends before the frame does", null);
    }
    int from = Math.toIntExact(run.offset() - window.start);
    byte[] stored = Arrays.copyOfRange(window.bytes, from, from + run.length());
    if (window.cipher != null) {
      stored = window.cipher.open(run.offset(), ByteBuffer.wrap(stored), SegmentCipher.Last.NO);
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

  private Window window(Run run, PackRef pack) throws IOException {
    Window window = windows.get(run.pack());
    if (window == null) {
      window = new Window(repository.opening(pack));
      windows.put(run.pack(), window);
    }
    if (!window.holds(run)) {
      int length = Math.max(WINDOW_BYTES, run.length());
      try (InputStream in =
          repository.store().open(BlobName.of(pack.blob()), run.offset(), length)) {
        window.bytes = in.readAllBytes();
      }
      window.start = run.offset();
    }
    return window;
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
