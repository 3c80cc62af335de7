/**
 * Real PostgreSQL and SQLite, manual time, faulty connections, generators, and the checks after
 * every database test.
 */
@NullMarked
package dev.undercroft.testkit;

import org.jspecify.annotations.NullMarked;
