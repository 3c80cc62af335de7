package dev.undercroft.sqliteschema;

/**
 * A row of {@code sqlite_schema}. Immutable.
 *
 * @param type {@code table}, {@code index}, {@code view} or {@code trigger}
 * @param name its name
 * @param table the table or view it stands on; its own name for a table
 * @param sql the statement that makes it
 */
record Definition(String type, String name, String table, String sql) {}
