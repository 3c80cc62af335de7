/** Writes a PostgreSQL database down as SQL that psql restores, in one snapshot. */
@NullMarked
package dev.undercroft.pgdump;

import org.jspecify.annotations.NullMarked;
