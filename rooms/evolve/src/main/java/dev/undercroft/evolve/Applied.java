package dev.undercroft.evolve;

/**
 * What became of a plan. Immutable.
 *
 * @param database the database, without a password
 * @param comparison what was planned
 * @param done how many steps ran
 */
public record Applied(String database, Comparison comparison, int done) {}
