/** Reads what a PostgreSQL database contains, 15 to 18, in one snapshot. */
@NullMarked
package dev.undercroft.pgcatalog;

import org.jspecify.annotations.NullMarked;
