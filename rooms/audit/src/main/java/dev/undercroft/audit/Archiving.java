package dev.undercroft.audit;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the oldest sealed entries of a log into a file, a line of JSON each, and signs that they
 * are there; from then on they may leave the log without being missed.
 *
 * @param key signs
 * @param clock says when
 * @param lines turns place, hash and columns of an entry into a line of JSON
 */
public record Archiving(SealKey key, InstantSource clock, Lines lines) {

  /** Writes an entry. */
  @FunctionalInterface
  public interface Lines {
    /** One line, without its end. */
    String of(Leaf leaf, LogEntry entry);
  }

  /**
   * Archives what was written before a moment and is under a seal, up to the first entry that was
   * not.
   *
   * @param before the moment
   * @param file is made; must not exist
   * @return how many entries are in the file; with none there is no file
   * @throws dev.undercroft.base.ProblemException if an entry is not as it was sealed, or the file
   *     cannot be written
   */
  public long archive(SealedLog log, Instant before, Path file) {
    long after = through(log, key);
    List<String> text = new ArrayList<>();
    long through = after;
    for (Seal seal : log.seals()) {
      if (seal.next() <= after + 1) {
        continue;
      }
      List<Leaf> leaves = log.leaves(seal);
      Map<String, LogEntry> entries = log.entries(leaves.stream().map(Leaf::key).toList());
      for (Leaf leaf : leaves) {
        if (leaf.place() <= after) {
          continue;
        }
        LogEntry entry = entries.get(leaf.key());
        if (entry != null && !entry.at().map(before::isAfter).orElse(false)) {
          return finish(log, text, through, file);
        }
        text.add(checked(log, leaf, entry));
        through = leaf.place();
      }
    }
    return finish(log, text, through, file);
  }

  private String checked(SealedLog log, Leaf leaf, @Nullable LogEntry entry) {
    if (entry == null || !entry.hash().equals(leaf.hash())) {
      throw Problem.of(
              "AUDIT_NOT_AS_SEALED",
              ProblemKind.CONFLICT,
              "the entry " + leaf.key() + " of " + log.name() + " is not as it was sealed")
          .withRemedy("See what happened with `undercroft audit verify`; nothing was archived.")
          .exception();
    }
    return lines.of(leaf, entry);
  }

  private long finish(SealedLog log, List<String> text, long through, Path file) {
    if (text.isEmpty()) {
      return 0;
    }
    byte[] bytes = (String.join("\n", text) + "\n").getBytes(StandardCharsets.UTF_8);
    Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
    try {
      if (Files.exists(file)) {
        throw new IOException("it exists already");
      }
      Files.write(unfinished, bytes);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException cause) {
      throw Problem.of(
              "AUDIT_ARCHIVE", ProblemKind.INPUT, "the archive " + file + " cannot be written")
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Name a file that does not exist, in a folder with room.")
          .exception(cause);
    }
    log.keep(
        key.sign(
            new Archived(
                log.name(),
                through,
                HexFormat.of().formatHex(MerkleTree.sha256().digest(bytes)),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                "")));
    return text.size();
  }

  /** The last place of which a signed archive says that it has the entry; 0 for none. */
  static long through(SealedLog log, SealKey key) {
    return log.archived().stream().filter(key::fits).mapToLong(Archived::through).max().orElse(0);
  }
}
