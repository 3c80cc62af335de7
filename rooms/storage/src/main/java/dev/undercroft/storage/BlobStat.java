package dev.undercroft.storage;

import java.time.Instant;

/**
 * What a store knows of a blob without reading it. Immutable.
 *
 * @param name its name
 * @param size its size in bytes
 * @param stored when it was stored, by the store's clock
 */
public record BlobStat(BlobName name, long size, Instant stored) {}
