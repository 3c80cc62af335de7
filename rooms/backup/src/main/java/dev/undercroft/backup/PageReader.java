package dev.undercroft.backup;

import org.jspecify.annotations.Nullable;

/** Reads parts of files of a data directory. One thread at a time. */
public interface PageReader extends AutoCloseable {

  /**
   * Reads a part of a file.
   *
   * @param path relative to the data directory
   * @param offset the first byte
   * @param length how many bytes at most
   * @return the bytes, fewer when the file ends before; null when the file is gone
   */
  byte @Nullable [] read(String path, long offset, int length);

  @Override
  void close();
}
