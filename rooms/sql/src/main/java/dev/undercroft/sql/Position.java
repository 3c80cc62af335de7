package dev.undercroft.sql;

/**
 * A place in a text. Immutable.
 *
 * @param offset in UTF-16 units from 0
 * @param line from 1
 * @param column in characters (code points) from 1
 */
public record Position(int offset, int line, int column) {}
