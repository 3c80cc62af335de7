package dev.undercroft.backup;

/** How far a backup has come; each state includes the ones before. Immutable. */
public enum BackupState {
  /** Its files are stored; the log it needs may still be missing. */
  CREATED,
  /** The log from its start to its stop is stored: it can be restored. */
  COMPLETE,
  /** Every object it needs was read back and found sound. */
  VERIFIED,
  /** It was restored, started and checked. */
  DRILLED
}
