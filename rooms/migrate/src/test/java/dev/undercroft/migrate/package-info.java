/** Tests of the room {@code migrate} that need no database. */
package dev.undercroft.migrate;
