package dev.undercroft.audit;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Seals in a file outside of the database, a line each: the fields of the seal and the hashes of
 * its leaves, separated by tabs. Only ever appended to. Thread-safe.
 *
 * @param path the file
 */
public record SealFile(Path path) {

  private static final int FIELDS = 10;

  /** A seal as the file has it. */
  record Line(Seal seal, List<String> hashes) {}

  /**
   * Adds a seal; it is on the disk when this returns.
   *
   * @throws ProblemException if it cannot be written
   */
  void append(Seal seal, List<Leaf> leaves) {
    String line =
        String.join(
                "\t",
                seal.log(),
                String.valueOf(seal.number()),
                String.valueOf(seal.first()),
                String.valueOf(seal.entries()),
                seal.root(),
                seal.previous(),
                seal.at().toString(),
                seal.key(),
                seal.signature(),
                leaves.stream().map(Leaf::hash).collect(Collectors.joining(",")))
            + "\n";
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } catch (IOException cause) {
      throw failed("written", cause);
    }
  }

  /**
   * The seals of a log.
   *
   * @throws ProblemException if the file cannot be read, or is none of ours
   */
  List<Line> read(String log) {
    try {
      List<Line> lines = new ArrayList<>();
      for (String text : Files.readAllLines(path)) {
        String[] fields = text.split("\t", -1);
        if (fields.length != FIELDS) {
          throw new IOException("a line has " + fields.length + " fields instead of " + FIELDS);
        }
        if (fields[0].equals(log)) {
          lines.add(line(fields));
        }
      }
      return lines;
    } catch (IOException | RuntimeException cause) {
      throw failed("read", cause);
    }
  }

  private static Line line(String[] fields) {
    Seal seal =
        new Seal(
            fields[0],
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Integer.parseInt(fields[3]),
            fields[4],
            fields[5],
            Instant.parse(fields[6]),
            fields[7],
            fields[8]);
    return new Line(seal, List.of(fields[9].split(",", -1)));
  }

  private ProblemException failed(String what, Exception cause) {
    return Problem.of(
            "AUDIT_SEAL_FILE", ProblemKind.INPUT, "the seals in " + path + " cannot be " + what)
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Name a file that `undercroft audit seal --roots` writes, on a disk with room.")
        .exception(cause);
  }
}
