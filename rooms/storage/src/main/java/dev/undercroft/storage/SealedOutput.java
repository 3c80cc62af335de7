package dev.undercroft.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes one object as a header and sealed segments: magic {@code UCS1}, 32 bytes of salt, then
 * segments of 64 KiB plain text, the last one shorter (possibly empty) and marked as last. A stream
 * that was not closed has no last segment, and reading it is a problem. One thread at a time.
 */
public final class SealedOutput extends OutputStream {

  static final byte[] MAGIC = "UCS1".getBytes(StandardCharsets.US_ASCII);
  static final int SEGMENT = 64 * 1024;

  private final OutputStream out;
  private final SegmentCipher cipher;
  private final byte[] buffer = new byte[SEGMENT];
  private int filled;
  private long position;
  private boolean closed;

  /**
   * Begins an object.
   *
   * @param out where the sealed bytes go; closed with this stream
   * @param key the data key
   * @param object the name the object is bound to; the same is needed to read it
   */
  public SealedOutput(OutputStream out, DataKey key, String object) throws IOException {
    this.out = out;
    this.cipher = SegmentCipher.seal(key, object);
    out.write(MAGIC);
    out.write(cipher.salt());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (filled == SEGMENT) {
        flushSegment(SegmentCipher.Last.NO);
      }
      int count = Math.min(left, SEGMENT - filled);
      System.arraycopy(bytes, from, buffer, filled, count);
      filled += count;
      from += count;
      left -= count;
    }
  }

  private void flushSegment(SegmentCipher.Last last) throws IOException {
    out.write(cipher.seal(position, ByteBuffer.wrap(buffer, 0, filled), last));
    position++;
    filled = 0;
  }

  /** Ends the object and closes the stream below. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (out) {
      flushSegment(SegmentCipher.Last.YES);
    }
  }
}
