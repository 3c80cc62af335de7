package dev.undercroft.migrate;

/**
 * What {@code setup} did. Immutable.
 *
 * @param deploy what was deployed
 * @param seed what was seeded after it
 */
public record SetupResult(DeployResult deploy, SeedResult seed) {}
