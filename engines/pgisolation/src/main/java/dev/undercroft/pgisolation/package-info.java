/** Attacks a PostgreSQL database with the rights of an ordinary tenant, on a copy. */
@NullMarked
package dev.undercroft.pgisolation;

import org.jspecify.annotations.NullMarked;
