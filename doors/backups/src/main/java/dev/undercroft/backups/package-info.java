/**
 * Carries out the verbs about backups: finds the server and the repository as the settings name
 * them, and lets {@code safekeeping} do the work.
 *
 * <pre>
 *   Clusters (port) → Cluster → ServerUnderBackup ┐
 *   settings → BackupPlace → Repository           ┴→ safekeeping → BackupAnswer
 * </pre>
 *
 * <p>Invariant: a verb that restores writes only into a folder that was empty, and the folder can
 * be started by {@code up --data} as it is.
 */
@NullMarked
package dev.undercroft.backups;

import org.jspecify.annotations.NullMarked;
