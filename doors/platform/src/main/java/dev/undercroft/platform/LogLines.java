package dev.undercroft.platform;

import java.util.stream.Stream;

/**
 * What {@code logs} answers. One thread at a time.
 *
 * @param lines the lines, oldest first; close the stream to stop following
 */
public record LogLines(Stream<String> lines) implements AutoCloseable {
  @Override
  public void close() {
    lines.close();
  }
}
