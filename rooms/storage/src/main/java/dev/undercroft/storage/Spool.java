package dev.undercroft.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/**
 * Bytes that are written once and then read, of any number, in a file without a name: it is taken
 * out of its folder as soon as it is open ({@code DELETE_ON_CLOSE} on Unix), so the system gives
 * its space back when this is closed or the process ends, however it ends. One thread writes; the
 * content may be read by several.
 */
public final class Spool implements AutoCloseable {

  private final FileChannel channel;

  private Spool(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty one in the folder for temporary files. */
  public static Spool open() throws IOException {
    Path place = Path.of(System.getProperty("java.io.tmpdir"), "undercroft-" + UUID.randomUUID());
    return new Spool(
        FileChannel.open(
            place,
            Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
  }

  /** Writes behind what is there. Closing the stream does not close the spool; not buffered. */
  public OutputStream out() {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    };
  }

  /** What was written; valid until this is closed. */
  public BlobContent content() {
    return new BlobContent() {
      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public InputStream open() {
        return new Reading();
      }
    };
  }

  /** Reads from the beginning, whatever others read. */
  private final class Reading extends InputStream {
    private long position;

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
      int count = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
