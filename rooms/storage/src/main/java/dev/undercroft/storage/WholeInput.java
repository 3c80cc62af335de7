package dev.undercroft.storage;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Notices when a server ends an answer before the length it announced: then reading ends in an
 * {@link EOFException}. One thread at a time.
 */
public final class WholeInput extends FilterInputStream {

  private final Closeable source;
  private long left;

  /** An answer of so many bytes; closing it closes the stream. */
  public WholeInput(InputStream in, long length) {
    this(in, length, in);
  }

  /**
   * An answer.
   *
   * @param length bytes
   * @param source what is closed instead of the stream
   */
  public WholeInput(InputStream in, long length, Closeable source) {
    super(in);
    this.source = source;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    left -= Math.max(count, 0);
    if (count < 0 && left > 0) {
      throw new EOFException("the server ended its answer " + left + " bytes early");
    }
    return count;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
