/**
 * A PostgreSQL server process of our own: finds and unpacks its programs, makes its data directory,
 * starts it as a user without privileges, watches it and stops it.
 */
@NullMarked
package dev.undercroft.embedded;

import org.jspecify.annotations.NullMarked;
