package dev.undercroft.backup;

import java.time.Instant;
import java.util.Optional;

/**
 * A backup as a list shows it. Immutable.
 *
 * @param id its id
 * @param basedOn the backup whose pages it names again; empty text for a full one
 * @param state how far it has come
 * @param stoppedAt the server's time when it ended: the earliest point it can be restored to
 * @param bytes size of the files
 * @param storedBytes what it added to the repository
 * @param corruptPages how many pages had a wrong checksum on the server
 * @param provenAt when it was last verified or drilled
 */
public record BackupSummary(
    String id,
    String basedOn,
    BackupState state,
    Instant stoppedAt,
    long bytes,
    long storedBytes,
    int corruptPages,
    Optional<Instant> provenAt) {}
