/**
 * Backups as people ask for them: taken by one writer at a time, listed with what they reach,
 * restored to a moment that was proven reachable before anything is written, rehearsed, and thrown
 * away by rules.
 *
 * <pre>
 *   BackupTaking   lease → PhysicalBackup → log past its end stored → verified      (act)
 *   RestorePlanner backups + stored log + wish → RestorePlan                        (decide)
 *   Restoration    RestorePlan → files → log → recovery on a RecoveryHost           (act)
 * </pre>
 *
 * <p>Invariants: a target that the stored log does not reach is refused, with what is reachable; an
 * existing data directory is never written to; a backup counts as good only after every byte of it
 * was read back.
 */
@NullMarked
package dev.undercroft.safekeeping;

import org.jspecify.annotations.NullMarked;
