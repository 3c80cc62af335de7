/** Writes typed access classes (jOOQ) from a migrated database. */
@NullMarked
package dev.undercroft.generate;

import org.jspecify.annotations.NullMarked;
