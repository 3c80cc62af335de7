package dev.undercroft.backup;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Reads {@code pg_control}, which the server rewrites in place while it is being read. Stateless.
 *
 * <p>Its CRC-32C stands directly behind the structure, whose length differs between versions;
 * therefore the place of the checksum is found, not assumed: the only aligned offset in the first
 * half kilobyte whose four bytes are the CRC of everything before.
 */
final class ControlFile {

  private static final int SIZE = 8192;
  private static final int ATTEMPTS = 50;

  private ControlFile() {}

  /**
   * Reads the file until its checksum holds.
   *
   * @throws dev.undercroft.base.ProblemException {@code BACKUP_CONTROL_FILE} when it never does
   */
  static byte[] readSound(PageReader reader, String path) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] bytes = reader.read(path, 0, SIZE);
      if (bytes != null && bytes.length == SIZE && checksumOffset(bytes).isPresent()) {
        return bytes;
      }
    }
    throw Problem.of(
            "BACKUP_CONTROL_FILE",
            ProblemKind.EXTERNAL,
            path + " could not be read whole with a valid checksum")
        .withRemedy("Check the server's disk; without this file no backup can start.")
        .exception();
  }

  /** Where the checksum stands, if one holds. */
  static OptionalInt checksumOffset(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 200);
    for (int offset = 200; offset < 512; offset += Integer.BYTES) {
      int stored = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
      boolean zerosBehind = isZero(Arrays.copyOfRange(bytes, offset + Integer.BYTES, 1024));
      if (stored == (int) crc.getValue() && zerosBehind) {
        return OptionalInt.of(offset);
      }
      crc.update(bytes, offset, Integer.BYTES);
    }
    return OptionalInt.empty();
  }

  private static boolean isZero(byte[] bytes) {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }
}
