package dev.undercroft.backup;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file of a data directory is to a backup. Decided from its path alone, after the
 * documentation of low-level base backups and of the file layout. Immutable.
 */
public enum FileKind {
  /** The main or init fork of a relation: pages with checksums and log positions. */
  PAGES,
  /** Copied as it is, whole, every time. */
  OPAQUE,
  /** {@code global/pg_control}: read last, written last. */
  CONTROL,
  /** A folder that must exist; its contents are left out. */
  EMPTY_FOLDER,
  /** Left out. */
  SKIPPED;

  private static final Set<String> EMPTY_FOLDERS =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_subtrans",
          "pg_stat_tmp");

  private static final Set<String> SKIPPED_NAMES =
      Set.of(
          "postmaster.pid",
          "postmaster.opts",
          "postgresql.auto.conf.tmp",
          "current_logfiles",
          "current_logfiles.tmp",
          "backup_label",
          "backup_label.old",
          "tablespace_map",
          "tablespace_map.old",
          "backup_manifest",
          "backup_manifest.tmp",
          "recovery.signal",
          "standby.signal",
          "recovery.conf",
          "recovery.done",
          "logfile");

  private static final Pattern RELATION =
      Pattern.compile(
          "(?:base/\\d+|global|pg_tblspc/\\d+/PG_[0-9_]+/\\d+)/(t\\d+_)?(\\d+)(_fsm|_vm|_init)?(?:\\.(\\d+))?");

  /** The kind of the file at a path relative to the data directory, with forward slashes. */
  public static FileKind of(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    String top = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
    if (path.equals("global/pg_control")) {
      return CONTROL;
    }
    if (EMPTY_FOLDERS.contains(top)) {
      return path.equals(top) ? EMPTY_FOLDER : SKIPPED;
    }
    if (SKIPPED_NAMES.contains(name)
        || name.startsWith("pg_internal.init")
        || name.startsWith("pgsql_tmp")
        || path.contains("/pgsql_tmp/")) {
      return SKIPPED;
    }
    Matcher relation = RELATION.matcher(path);
    if (!relation.matches()) {
      return OPAQUE;
    }
    if (relation.group(1) != null) {
      return SKIPPED;
    }
    String fork = relation.group(3);
    return fork == null || fork.equals("_init") ? PAGES : OPAQUE;
  }

  /** Whether a path is a relation's file at all, in any fork. */
  static boolean isRelation(String path) {
    return RELATION.matcher(path).matches();
  }

  /**
   * The path of the init fork that would make this main fork, FSM or VM belong to an unlogged
   * relation.
   */
  static String initForkOf(String path) {
    Matcher relation = RELATION.matcher(path);
    if (!relation.matches()) {
      throw new IllegalArgumentException("not a relation: " + path);
    }
    return path.substring(0, path.lastIndexOf('/') + 1) + relation.group(2) + "_init";
  }

  /** The number of the segment a relation's file is: 0 for the first, n for {@code .n}. */
  static long segmentOf(String path) {
    Matcher relation = RELATION.matcher(path);
    return relation.matches() && relation.group(4) != null ? Long.parseLong(relation.group(4)) : 0;
  }
}
