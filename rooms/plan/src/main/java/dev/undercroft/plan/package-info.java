/** Placeholder. */
package dev.undercroft.plan;
