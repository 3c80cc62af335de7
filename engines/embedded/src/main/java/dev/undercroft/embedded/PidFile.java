package dev.undercroft.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What {@code postmaster.pid} in a data directory says. Source: PostgreSQL's {@code
 * src/include/utils/pidfile.h}.
 *
 * @param pid the process
 * @param port its TCP port, 0 if not written yet
 * @param status {@code starting}, {@code ready}, {@code stopping} or {@code standby}, or empty
 */
record PidFile(long pid, int port, String status) {

  static final String NAME = "postmaster.pid";

  private static final int PORT_LINE = 3;
  private static final int STATUS_LINE = 7;

  static Optional<PidFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve(NAME));
      return Optional.of(
          new PidFile(
              Long.parseLong(line(lines, 0)),
              line(lines, PORT_LINE).isEmpty() ? 0 : Integer.parseInt(line(lines, PORT_LINE)),
              line(lines, STATUS_LINE)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException | NumberFormatException halfWritten) {
      return Optional.empty();
    }
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }

  boolean isReady() {
    return status.equals("ready");
  }
}
