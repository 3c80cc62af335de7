package dev.undercroft.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads what {@link SealedOutput} wrote. Gives no byte of a segment before the segment was
 * authenticated, and reports a cut object at its end. One thread at a time.
 */
public final class SealedInput extends InputStream {

  private final InputStream in;
  private final SegmentCipher cipher;
  private final String object;
  private byte[] plain = new byte[0];
  private int next;
  private byte[] ahead;
  private long position;
  private boolean ended;

  /**
   * Begins to read an object.
   *
   * @param in the sealed bytes; closed with this stream
   * @param key the data key
   * @param object the name it was sealed under
   * @throws dev.undercroft.base.ProblemException {@code STORAGE_DAMAGED} when it is not a sealed
   *     object
   */
  public SealedInput(InputStream in, DataKey key, String object) throws IOException {
    this.in = in;
    this.object = object;
    byte[] magic = in.readNBytes(SealedOutput.MAGIC.length);
    byte[] salt = in.readNBytes(SegmentCipher.SALT_BYTES);
    if (!Arrays.equals(magic, SealedOutput.MAGIC) || salt.length != SegmentCipher.SALT_BYTES) {
      throw StorageProblems.damaged(object, "it does not begin like a sealed object");
    }
    this.cipher = SegmentCipher.open(key, object, salt);
    this.ahead = readSealed();
  }

  private byte[] readSealed() throws IOException {
    return in.readNBytes(SealedOutput.SEGMENT + SegmentCipher.OVERHEAD);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (next == plain.length) {
      if (ended) {
        return -1;
      }
      openSegment();
    }
    int count = Math.min(length, plain.length - next);
    System.arraycopy(plain, next, bytes, offset, count);
    next += count;
    return count;
  }

  private void openSegment() throws IOException {
    byte[] sealed = ahead;
    ahead = readSealed();
    ended = ahead.length == 0;
    if (sealed.length == 0) {
      throw StorageProblems.damaged(object, "it ends before its last segment");
    }
    SegmentCipher.Last last = ended ? SegmentCipher.Last.YES : SegmentCipher.Last.NO;
    plain = cipher.open(position, ByteBuffer.wrap(sealed), last);
    position++;
    next = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
