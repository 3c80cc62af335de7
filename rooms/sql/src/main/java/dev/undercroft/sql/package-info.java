/** Cuts SQL text into tokens and statements, with positions, and shows an error where it stands. */
@NullMarked
package dev.undercroft.sql;

import org.jspecify.annotations.NullMarked;
