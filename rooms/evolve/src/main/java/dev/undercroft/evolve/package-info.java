/** From two schemas, wherever they stand, to a plan, and from a plan to a changed database. */
@NullMarked
package dev.undercroft.evolve;

import org.jspecify.annotations.NullMarked;
