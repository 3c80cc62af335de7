package dev.undercroft.plan;

import java.util.Locale;

/**
 * What can go wrong, or hurt, when a step runs. Outside development each must be allowed by name.
 */
public enum Hazard {
  /** Rows, or values in rows, are gone afterwards. */
  DATA_LOSS,
  /** The whole table is written anew while nobody can use it. */
  TABLE_REWRITE,
  /** The whole table is read while others wait. */
  TABLE_SCAN,
  /** Reads and writes of a table that exists already wait for this step. */
  BLOCKS_READS,
  /** Writes to a table that exists already wait for this step. */
  BLOCKS_WRITES,
  /** An index is built; it costs time and disk. */
  INDEX_BUILD,
  /** An index is dropped; queries that used it become slow. */
  INDEX_DROPPED,
  /** The step fails when rows are there that break the new rule. */
  MAY_FAIL,
  /** Programs that use the old name or form fail. */
  BREAKS_CLIENTS,
  /** Who may do what changes. */
  PRIVILEGES,
  /** Fewer checks protect the data than before. */
  LESS_PROTECTED,
  /** The server does not know what this depends on, so the order may be wrong. */
  UNTRACKED,
  /** An extension is installed, changed or removed. */
  EXTENSION;

  /** The word that allows it: {@code data-loss}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
