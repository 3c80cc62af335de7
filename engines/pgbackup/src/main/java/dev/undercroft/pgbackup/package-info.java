/**
 * PostgreSQL's side of backups: file contents over ordinary SQL connections, changed blocks from
 * WAL summaries, and the write-ahead log over streaming replication. No agent and no client
 * program.
 */
@NullMarked
package dev.undercroft.pgbackup;

import org.jspecify.annotations.NullMarked;
