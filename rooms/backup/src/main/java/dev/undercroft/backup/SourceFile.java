package dev.undercroft.backup;

/**
 * A file of the data directory as the listing saw it. Immutable.
 *
 * @param path relative to the data directory, with forward slashes
 * @param size its size in bytes at that moment; it may have grown or shrunk since
 * @param kind what it is to a backup
 */
public record SourceFile(String path, long size, FileKind kind) {}
