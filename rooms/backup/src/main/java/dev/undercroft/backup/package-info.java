/**
 * Takes physical backups page by page, keeps write-ahead log, restores to a point in time.
 *
 * <pre>
 *   BackupSource (port) → files, pages → PackWriter → storage          (act)
 *   prior manifest + ChangedPages → ReusePlan                          (decide, pure)
 *   Manifest + RecoveryTarget → RestorePlan → Restorer → data directory
 * </pre>
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A manifest is complete: it names every page of every file, wherever the page was stored. An
 *       increment only decides which pages of earlier backups may be named again; there is no chain
 *       to replay, and deleting one backup never touches another.
 *   <li>Reading too much is always safe. Whatever is not proven unchanged is read.
 *   <li>A backup counts only when the write-ahead log past its stop point is durable in the
 *       repository.
 *   <li>{@code pg_control} is read last and written last: a half-restored directory cannot start.
 * </ul>
 */
@NullMarked
package dev.undercroft.backup;

import org.jspecify.annotations.NullMarked;
