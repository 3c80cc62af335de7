package dev.undercroft.storage;

import com.github.luben.zstd.ZstdIOException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reports damage of compressed bytes with the name of their object. One thread at a time. */
final class NamedInput extends FilterInputStream {

  private final String object;

  NamedInput(InputStream in, String object) {
    super(in);
    this.object = object;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (ZstdIOException e) {
      throw StorageProblems.damaged(object, "it does not decompress: " + e.getMessage());
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
