/** Placeholder. */
package dev.undercroft.diff;
