package dev.undercroft.safekeeping;

import dev.undercroft.backup.Lsn;

/** Where recovery ends, as positions that were found in the stored log. Immutable. */
sealed interface RecoveryStop {

  /** Where all that is stored ends. */
  record EndOfLog() implements RecoveryStop {}

  /** Before the record that begins at a position. */
  record Before(Lsn position) implements RecoveryStop {}

  /** After the record that begins at a position. */
  record After(Lsn position) implements RecoveryStop {}

  /** As soon as the copy is consistent. */
  record Consistent() implements RecoveryStop {}
}
