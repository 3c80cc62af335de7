package dev.undercroft.gcs;

import com.google.api.client.http.HttpResponse;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;

/** Notices when a server ends an answer before the length it announced. One thread at a time. */
final class WholeAnswer extends FilterInputStream {

  private final HttpResponse response;
  private long left;

  WholeAnswer(HttpResponse response, long length) throws IOException {
    super(response.getContent());
    this.response = response;
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
    response.disconnect();
  }
}
