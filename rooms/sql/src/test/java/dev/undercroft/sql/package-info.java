/** Tests of the room {@code sql}. */
package dev.undercroft.sql;
