package dev.undercroft.backups;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.storage.Compression;
import dev.undercroft.storage.DataKey;
import dev.undercroft.storage.KeyRing;
import dev.undercroft.storage.SealedInput;
import dev.undercroft.storage.SealedOutput;
import dev.undercroft.storage.WrappedKey;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A dump as a file: SQL, compressed when its name has {@code .gz}, sealed when it has {@code .enc}.
 * Beside it lies its SHA-256 as {@code sha256sum} writes it. Stateless.
 *
 * <p>A sealed file begins with the words {@code undercroft dump} and a header with the version of
 * this form, the dump's identity and its data key, wrapped under the master key that is named
 * there. What follows is AES-256-GCM in segments, bound to that identity.
 */
final class DumpFile {

  static final String CHECKSUM = ".sha256";

  private static final byte[] MAGIC = "undercroft dump\n".getBytes(StandardCharsets.US_ASCII);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private DumpFile() {}

  /** What stands before sealed bytes. */
  private record Header(int format, String id, WrappedKey key) {
    String object() {
      return "dump " + id;
    }
  }

  /** Writes a dump's text as its name says, readable by its owner alone, and its checksum. */
  static String write(Path text, Path file, @Nullable KeyRing keys) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (OutputStream out = opened(unfinished, String.valueOf(file.getFileName()), keys)) {
        Files.copy(text, out);
      }
      String sum = sum(unfinished);
      Files.writeString(
          file.resolveSibling(file.getFileName() + CHECKSUM),
          sum + "  " + file.getFileName() + "\n");
      Files.move(unfinished, file);
      return sum;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static OutputStream opened(Path file, String name, @Nullable KeyRing keys)
      throws IOException {
    OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE));
    if (keys != null) {
      DataKey key = DataKey.generate();
      String id = UUID.randomUUID().toString();
      Header header = new Header(1, id, keys.wrap(key, "dump " + id));
      byte[] bytes = JSON.writeValueAsBytes(header);
      out.write(MAGIC);
      new DataOutputStream(out).writeInt(bytes.length);
      out.write(bytes);
      out = new SealedOutput(out, key, header.object());
    }
    return name.contains(".sql.gz") ? Compression.GZIP.compress(out) : out;
  }

  /**
   * Opens a dump's text, having checked the file against its checksum.
   *
   * @throws ProblemException {@code BACKUP_DUMP_DAMAGED} when the file is not what was written,
   *     {@code BACKUP_DUMP_SEALED} when there is no key
   */
  static InputStream read(Path file, @Nullable KeyRing keys) throws IOException {
    check(file);
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    boolean opened = false;
    try {
      InputStream plain = name.endsWith(".enc") ? unsealed(in, file, keys) : in;
      InputStream text = name.contains(".sql.gz") ? Compression.GZIP.decompress(plain) : plain;
      opened = true;
      return text;
    } finally {
      if (!opened) {
        in.close();
      }
    }
  }

  private static InputStream unsealed(InputStream in, Path file, @Nullable KeyRing keys)
      throws IOException {
    if (keys == null) {
      throw Problem.of("BACKUP_DUMP_SEALED", ProblemKind.INPUT, file + " is encrypted")
          .withRemedy("Set BACKUP_ENCRYPTION_KEY to the key it was written with.")
          .exception();
    }
    byte[] magic = in.readNBytes(MAGIC.length);
    int length = new DataInputStream(in).readInt();
    if (!java.util.Arrays.equals(magic, MAGIC) || length < 1 || length > 4096) {
      throw damaged(file, "it does not begin like an encrypted dump");
    }
    Header header = JSON.readValue(in.readNBytes(length), Header.class);
    return new SealedInput(in, keys.unwrap(header.key(), header.object()), header.object());
  }

  private static void check(Path file) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + CHECKSUM);
    if (!Files.exists(beside)) {
      throw damaged(file, "its checksum " + beside.getFileName() + " is missing");
    }
    if (!Files.readString(beside).startsWith(sum(file) + "  ")) {
      throw damaged(file, "its checksum is not that of " + beside.getFileName());
    }
  }

  static String sum(Path file) throws IOException {
    return sum(Files.newInputStream(file));
  }

  /** SHA-256 of all that a stream gives; closes it. */
  static String sum(InputStream bytes) throws IOException {
    try (DigestInputStream digest =
        new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
      digest.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static ProblemException damaged(Path file, String what) {
    return Problem.of("BACKUP_DUMP_DAMAGED", ProblemKind.EXTERNAL, file + " is damaged: " + what)
        .withRemedy("Nothing was changed. Use another dump, or another copy of this one.")
        .exception();
  }
}
