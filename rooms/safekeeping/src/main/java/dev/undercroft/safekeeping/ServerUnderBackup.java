package dev.undercroft.safekeeping;

import dev.undercroft.backup.BackupSource;
import dev.undercroft.backup.PhysicalBackup;
import dev.undercroft.backup.WalSource;

/**
 * A running server with all that a backup needs of it. Immutable.
 *
 * @param source its files
 * @param changes what its log says was changed
 * @param log its log
 */
public record ServerUnderBackup(
    BackupSource source, PhysicalBackup.ChangeLog changes, WalSource log) {}
