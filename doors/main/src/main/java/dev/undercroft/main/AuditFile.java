package dev.undercroft.main;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.platform.AuditEntry;
import dev.undercroft.platform.AuditTrail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps who did what in a file of JSON lines that is only appended to; an entry is on the disk when
 * {@link #append} returns. Several processes may append at once. Thread-safe.
 */
final class AuditFile implements AuditTrail {

  private final Function<AuditEntry, Optional<Path>> fileOf;

  /** Made with the first entry: commands that only read write none, and a mapper takes time. */
  private static final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }

  /**
   * Keeps entries in files.
   *
   * @param fileOf which file an entry belongs into; none for what concerns no project
   */
  AuditFile(Function<AuditEntry, Optional<Path>> fileOf) {
    this.fileOf = fileOf;
  }

  @Override
  public void append(AuditEntry entry) {
    Optional<Path> file = fileOf.apply(entry);
    if (file.isPresent()) {
      append(entry, file.get());
    }
  }

  private void append(AuditEntry entry, Path file) {
    byte[] line = (Json.MAPPER.writeValueAsString(entry) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        channel.write(ByteBuffer.wrap(line));
        channel.force(false);
      }
    } catch (IOException cause) {
      throw Problem.of("MAIN_AUDIT", ProblemKind.EXTERNAL, "could not append to " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Nothing was done. Make room on the disk, or the file writable.")
          .exception(cause);
    }
  }
}
