package dev.undercroft.plan;

/**
 * How a plan shall be made. Immutable.
 *
 * @param online whether locks that last are avoided at the price of more steps
 * @param owner the role that owns what has no owner of its own: the one who carries the plan out
 */
public record PlanOptions(boolean online, String owner) {}
