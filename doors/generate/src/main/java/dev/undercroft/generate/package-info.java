/**
 * Writes typed access classes (jOOQ) from a migrated database.
 *
 * <p>The command {@code generate} and the build plugin run the same {@link
 * dev.undercroft.generate.Generator}; where the database comes from is their business.
 */
@NullMarked
package dev.undercroft.generate;

import org.jspecify.annotations.NullMarked;
