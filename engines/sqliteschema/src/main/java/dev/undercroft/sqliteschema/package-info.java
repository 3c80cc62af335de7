/** What a SQLite database contains, and how it becomes what it shall contain. */
@NullMarked
package dev.undercroft.sqliteschema;

import org.jspecify.annotations.NullMarked;
