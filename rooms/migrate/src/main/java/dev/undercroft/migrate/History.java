package dev.undercroft.migrate;

import dev.undercroft.migrate.HistoryEntry.Outcome;
import java.util.List;
import java.util.Optional;

/**
 * What a database remembers of its migrations. Immutable.
 *
 * @param exists whether the tables of the history are there
 * @param entries the rows that count, one per migration, in the order of their numbers
 * @param prisma what Prisma did before, as long as there is no row of ours
 */
record History(boolean exists, List<HistoryEntry> entries, Optional<PrismaHistory> prisma) {

  static final History NONE = new History(false, List.of());

  History(boolean exists, List<HistoryEntry> entries) {
    this(exists, entries, Optional.empty());
  }

  History {
    entries = List.copyOf(entries);
  }

  Optional<HistoryEntry> find(String name) {
    return entries.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /** Rows of migrations that are wholly in the database. */
  List<HistoryEntry> applied() {
    return entries.stream().filter(entry -> entry.outcome() == Outcome.APPLIED).toList();
  }

  /** The highest version that is applied; -1 when none is. */
  long highestVersion() {
    return applied().stream().mapToLong(HistoryEntry::version).max().orElse(-1);
  }
}
