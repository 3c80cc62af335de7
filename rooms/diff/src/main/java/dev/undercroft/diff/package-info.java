/** Compares two catalogs and names every change. */
@NullMarked
package dev.undercroft.diff;

import org.jspecify.annotations.NullMarked;
