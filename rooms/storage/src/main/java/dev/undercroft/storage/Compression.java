package dev.undercroft.storage;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** How bytes are made smaller. Immutable. */
public enum Compression {
  /** Not at all. */
  NONE(""),
  /** Zstandard (RFC 8878), with its own checksum: the default. */
  ZSTD(".zst"),
  /** gzip (RFC 1952), where a format asks for it. */
  GZIP(".gz"),
  /** LZ4 frames, where a format asks for it. */
  LZ4(".lz4");

  /** Of Zstandard's levels the one that looks for next to nothing to leave out. */
  public static final int FASTEST = -131_072;

  private static final int BUFFER = 64 * 1024;

  private final String suffix;

  Compression(String suffix) {
    this.suffix = suffix;
  }

  /** What files of this kind end with, for example {@code .zst}; empty for none. */
  public String suffix() {
    return suffix;
  }

  /** A stream that writes compressed bytes to another, which it closes. Zstandard at level 3. */
  public OutputStream compress(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case ZSTD -> new ZstdOutputStreamNoFinalizer(out, 3).setChecksum(true);
      case GZIP -> new GZIPOutputStream(out, BUFFER);
      case LZ4 -> new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_1MB);
    };
  }

  /**
   * A stream that writes the form of this compression without making anything smaller, as far as
   * the form allows; it is read like compressed bytes.
   */
  public OutputStream pass(OutputStream out) throws IOException {
    return this == ZSTD
        ? new ZstdOutputStreamNoFinalizer(out, FASTEST).setChecksum(true)
        : compress(out);
  }

  /**
   * A stream that reads compressed bytes from another, which it closes. Bytes that are not what was
   * compressed are reported as damage of an object.
   *
   * @param object its name, for the problem {@code STORAGE_DAMAGED}
   */
  public InputStream decompress(InputStream in, String object) throws IOException {
    return new NamedInput(decompress(in), object);
  }

  /** A stream that reads compressed bytes from another, which it closes. */
  public InputStream decompress(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case ZSTD -> new ZstdInputStreamNoFinalizer(in);
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case LZ4 -> new LZ4FrameInputStream(in);
    };
  }
}
