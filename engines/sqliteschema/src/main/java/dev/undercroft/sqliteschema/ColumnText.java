package dev.undercroft.sqliteschema;

import org.jspecify.annotations.Nullable;

/** What the definition of a column says, apart from rules. Filled while it is read. */
final class ColumnText {

  final String spelling;
  String type = "";
  String notNull = "";
  String notNullName = "";
  String collation = "";
  String generated = "";
  String expression = "";
  @Nullable String defaultValue;
  boolean defaultIsConstant = true;
  String written = "";

  ColumnText(String spelling) {
    this.spelling = spelling;
  }

  String name() {
    return dev.undercroft.sql.Folded.of(spelling);
  }
}
