package dev.undercroft.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes that can be read more than once, so that a failed upload can be tried again. The size is
 * known beforehand because object stores ask for it.
 */
public interface BlobContent {

  /** How many bytes there are. */
  long size() throws IOException;

  /** The bytes from the beginning; every call gives a new stream. */
  InputStream open() throws IOException;

  /** Bytes in memory. The array is not copied and must not change. */
  static BlobContent of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /** A part of an array in memory. The array is not copied and must not change. */
  static BlobContent of(byte[] bytes, int offset, int length) {
    return new BlobContent() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(bytes, offset, length);
      }
    };
  }

  /** A text in UTF-8. */
  static BlobContent of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file, which must not change while it is stored. */
  static BlobContent of(Path file) {
    return new BlobContent() {
      @Override
      public long size() throws IOException {
        return Files.size(file);
      }

      @Override
      public InputStream open() throws IOException {
        return Files.newInputStream(file);
      }
    };
  }
}
