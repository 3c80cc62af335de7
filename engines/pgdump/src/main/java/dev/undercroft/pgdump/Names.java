package dev.undercroft.pgdump;

/** Names and texts in SQL. Stateless. */
final class Names {

  private Names() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
