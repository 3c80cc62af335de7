/** SQLite's answers, held against real files. */
package dev.undercroft.sqlite;
