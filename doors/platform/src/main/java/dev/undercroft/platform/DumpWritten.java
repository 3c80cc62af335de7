package dev.undercroft.platform;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a dump wrote.
 *
 * @param path the file or folder
 * @param tables how many tables gave their rows
 * @param rows how many rows
 * @param bytes how many bytes of SQL
 * @param took how long it took
 */
public record DumpWritten(Path path, int tables, long rows, long bytes, Duration took) {}
