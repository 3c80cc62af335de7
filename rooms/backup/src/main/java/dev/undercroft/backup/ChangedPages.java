package dev.undercroft.backup;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which blocks of which relations the write-ahead log touched between two backups, as PostgreSQL's
 * WAL summaries tell it (17 and newer). One thread at a time while it is filled.
 *
 * <p>Merging follows the rules of the summaries: the smallest limit of a fork wins, and a limit
 * says that everything from that block on was cut off or made anew at some time. Here that only
 * means "read it", so the order in which summaries are added does not matter.
 */
public final class ChangedPages {

  private static final Pattern PATH =
      Pattern.compile(
          "(?:base/(?<db>\\d+)|(?<global>global)|pg_tblspc/(?<spc>\\d+)/[^/]+/(?<spcdb>\\d+))/(?<rel>\\d+)(?<fork>_init)?(?:\\.\\d+)?");

  /** OIDs of the two built-in tablespaces, fixed in the server's catalog. */
  private static final long DEFAULT_TABLESPACE = 1663;

  private static final long GLOBAL_TABLESPACE = 1664;

  /** How many blocks a segment file holds: 1 GiB of 8 KiB pages. */
  static final long SEGMENT_BLOCKS = 131_072;

  /**
   * One fork of one relation.
   *
   * @param tablespace OID of the tablespace
   * @param database OID of the database; 0 for shared relations
   * @param file the relation's file number
   * @param fork 0 main, 1 free space map, 2 visibility map, 3 init
   */
  public record Fork(long tablespace, long database, long file, int fork) {}

  private record DatabaseId(long tablespace, long database) {}

  private final Map<Fork, Long> limits = new HashMap<>();
  private final Map<Fork, BitSet> blocks = new HashMap<>();
  private final Set<DatabaseId> remade = new HashSet<>();

  /** Notes that everything of a fork from a block on may be new. */
  public void limit(Fork fork, long block) {
    if (fork.file() == 0) {
      remade.add(new DatabaseId(fork.tablespace(), fork.database()));
    }
    limits.merge(fork, block, Math::min);
  }

  /** Notes that a block was changed. */
  public void block(Fork fork, long block) {
    blocks.computeIfAbsent(fork, f -> new BitSet()).set(Math.toIntExact(block));
  }

  /** Whether the unit of a file may differ from what it was; true when in doubt. */
  boolean mayHaveChanged(String path, long unit) {
    Fork fork = forkOf(path);
    if (fork == null || remade.contains(new DatabaseId(fork.tablespace(), fork.database()))) {
      return true;
    }
    long block = FileKind.segmentOf(path) * SEGMENT_BLOCKS + unit;
    BitSet changed = blocks.get(fork);
    return block >= limits.getOrDefault(fork, Long.MAX_VALUE)
        || (changed != null && changed.get(Math.toIntExact(block)));
  }

  private static @org.jspecify.annotations.Nullable Fork forkOf(String path) {
    Matcher matcher = PATH.matcher(path);
    if (!matcher.matches()) {
      return null;
    }
    int fork = matcher.group("fork") == null ? 0 : 3;
    long file = Long.parseLong(matcher.group("rel"));
    if (matcher.group("global") != null) {
      return new Fork(GLOBAL_TABLESPACE, 0, file, fork);
    }
    if (matcher.group("spc") != null) {
      long tablespace = Long.parseLong(matcher.group("spc"));
      return new Fork(tablespace, Long.parseLong(matcher.group("spcdb")), file, fork);
    }
    return new Fork(DEFAULT_TABLESPACE, Long.parseLong(matcher.group("db")), file, fork);
  }
}
