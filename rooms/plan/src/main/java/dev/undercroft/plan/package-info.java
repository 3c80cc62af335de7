/** Turns changes into ordered steps, each with SQL, lock, hazard, timeout and undo. */
@NullMarked
package dev.undercroft.plan;

import org.jspecify.annotations.NullMarked;
