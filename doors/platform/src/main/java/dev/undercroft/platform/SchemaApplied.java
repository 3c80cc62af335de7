package dev.undercroft.platform;

import java.time.Duration;

/**
 * What became of a database.
 *
 * @param database its address without the password
 * @param done how many steps ran; 0 when there was nothing to do
 * @param verified whether it was read back and found to be what was wanted
 * @param plan what was planned
 * @param took how long it took
 */
public record SchemaApplied(
    String database, int done, boolean verified, SchemaPlan plan, Duration took) {}
