package dev.undercroft.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * Writes {@code backup_manifest} beside restored files, with which {@code pg_verifybackup} proves
 * that they are still what was restored (PostgreSQL documentation, "Backup Manifest Format").
 * Thread-safe.
 */
final class ServerManifest implements AutoCloseable {

  /** Its name in the data directory. */
  static final String NAME = "backup_manifest";

  private static final int WITH_SYSTEM_IDENTIFIER = 17;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

  private final OutputStream file;
  private final DigestOutputStream out;
  private final BackupHeader header;
  private boolean isFirst = true;

  ServerManifest(Path target, BackupHeader header) throws IOException {
    this.header = header;
    Path path = Files.createFile(target.resolve(NAME), Restorer.FILE);
    this.file = new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE));
    this.out = new DigestOutputStream(file, sha256());
    boolean isTold = header.start().majorVersion() >= WITH_SYSTEM_IDENTIFIER;
    write("{ \"PostgreSQL-Backup-Manifest-Version\": " + (isTold ? 2 : 1) + ",\n");
    if (isTold) {
      write("\"System-Identifier\": " + header.start().systemIdentifier() + ",\n");
    }
    write("\"Files\": [");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A file was restored.
   *
   * @param checksum its CRC-32C
   */
  synchronized void add(String path, long size, long checksum) throws IOException {
    write(isFirst ? "\n" : ",\n");
    isFirst = false;
    // The server prints the four bytes in the order in which this machine keeps them.
    String crc = HexFormat.of().toHexDigits(Integer.reverseBytes((int) checksum));
    write(
        "{ \"Path\": "
            + new String(Json.write(path), StandardCharsets.UTF_8)
            + ", \"Size\": "
            + size
            + ", \"Last-Modified\": \""
            + TIME.format(header.stop().at())
            + "\", \"Checksum-Algorithm\": \"CRC32C\", \"Checksum\": \""
            + crc
            + "\" }");
  }

  /** All files were told; the manifest is complete. */
  synchronized void complete() throws IOException {
    write(
        "\n],\n\"WAL-Ranges\": [\n{ \"Timeline\": "
            + header.start().timeline()
            + ", \"Start-LSN\": \""
            + header.start().position()
            + "\", \"End-LSN\": \""
            + header.stop().position()
            + "\" }\n],\n");
    String sum = HexFormat.of().formatHex(out.getMessageDigest().digest());
    file.write(("\"Manifest-Checksum\": \"" + sum + "\"}\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
