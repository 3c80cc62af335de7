/** SQLite's answers. */
@NullMarked
package dev.undercroft.sqlite;

import org.jspecify.annotations.NullMarked;
