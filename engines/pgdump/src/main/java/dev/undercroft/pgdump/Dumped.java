package dev.undercroft.pgdump;

/**
 * What was written. Immutable.
 *
 * @param tables how many tables gave their rows
 * @param rows how many rows
 * @param bytes how many bytes of SQL
 */
public record Dumped(int tables, long rows, long bytes) {}
