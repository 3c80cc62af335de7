package dev.undercroft.audit;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Seals what is open, in stretches. May be interrupted at any point and called again.
 *
 * @param key signs
 * @param file takes each seal beside the log, before the log does
 * @param clock says when
 */
public record Sealing(SealKey key, Optional<SealFile> file, InstantSource clock) {

  private static final int STRETCH = 1000;

  /**
   * Seals everything that is open.
   *
   * @return how many entries were sealed
   */
  public long seal(SealedLog log) {
    long sealed = 0;
    for (List<LogEntry> open = log.unsealed(STRETCH);
        !open.isEmpty();
        open = log.unsealed(STRETCH)) {
      seal(log, open);
      sealed += open.size();
    }
    return sealed;
  }

  private void seal(SealedLog log, List<LogEntry> open) {
    Optional<Seal> last = log.last();
    long first = last.map(Seal::next).orElse(1L);
    List<Leaf> leaves = new ArrayList<>();
    for (LogEntry entry : open) {
      leaves.add(new Leaf(first + leaves.size(), entry.key(), entry.hash()));
    }
    Seal seal =
        key.sign(
            new Seal(
                log.name(),
                last.map(Seal::number).orElse(0L) + 1,
                first,
                leaves.size(),
                Seal.rootOf(leaves),
                last.map(Seal::root).orElse(""),
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                "",
                ""));
    log.keep(seal, leaves);
    file.ifPresent(outside -> outside.append(seal, leaves));
  }
}
