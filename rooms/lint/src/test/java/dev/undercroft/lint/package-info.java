/** Tests of the room {@code lint}. */
package dev.undercroft.lint;
