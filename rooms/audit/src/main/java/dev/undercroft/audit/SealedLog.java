package dev.undercroft.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log and its seals, wherever they are kept. Not thread-safe. */
public interface SealedLog {

  /** The log's name, the same in all seals. */
  String name();

  /** Entries that are under no seal, in the order in which they were written; at most so many. */
  List<LogEntry> unsealed(int most);

  /** How many entries are under no seal. */
  long open();

  /** Entries that are under no seal although they say that they were written before a moment. */
  List<LogEntry> unsealedBefore(Instant moment);

  /** The newest seal. */
  Optional<Seal> last();

  /** All seals, oldest first. */
  List<Seal> seals();

  /** The leaves under a seal, by place. */
  List<Leaf> leaves(Seal seal);

  /** Those of these entries that are there, by key. */
  Map<String, LogEntry> entries(List<String> keys);

  /**
   * Keeps a seal and its leaves, all or nothing.
   *
   * @throws dev.undercroft.base.ProblemException if there is a seal of this number already
   */
  void keep(Seal seal, List<Leaf> leaves);

  /** What was archived, oldest first. */
  List<Archived> archived();

  /** Keeps a statement about an archive. */
  void keep(Archived archived);
}
