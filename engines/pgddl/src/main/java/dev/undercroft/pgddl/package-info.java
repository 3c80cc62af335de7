/** Placeholder. */
package dev.undercroft.pgddl;
