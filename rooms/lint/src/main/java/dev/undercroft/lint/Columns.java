package dev.undercroft.lint;

import dev.undercroft.sql.TokenKind;
import java.util.Set;

/** Columns of tables that others use: added, filled, changed. */
final class Columns implements Family {

  private static final Set<String> SERIAL =
      Set.of("serial", "bigserial", "smallserial", "serial4", "serial8", "serial2");

  /** Functions that give one value for the whole statement (pg_proc.provolatile i or s). */
  private static final Set<String> SAME_FOR_ALL =
      Set.of(
          "now",
          "transaction_timestamp",
          "statement_timestamp",
          "date_trunc",
          "make_interval",
          "to_timestamp",
          "jsonb_build_object",
          "jsonb_build_array",
          "json_build_object",
          "current_setting",
          "lower",
          "upper",
          "md5",
          "coalesce",
          "length",
          "to_tsvector",
          "array",
          "row",
          "make_date",
          "make_timestamptz",
          "timezone",
          "int4range",
          "tstzrange",
          "point",
          "cast",
          "numeric",
          "varchar",
          "character",
          "timestamp",
          "interval",
          "decimal",
          "bit",
          "varying",
          "char",
          "in",
          "concat",
          "format",
          "encode",
          "decode");

  @Override
  public void look(Sight sight, Phrase statement) {
    AlterTable.of(statement)
        .filter(alter -> sight.known().isStanding(alter.table()))
        .ifPresent(alter -> alter.clauses().forEach(clause -> clause(sight, alter, clause)));
  }

  private static void clause(Sight sight, AlterTable alter, Phrase clause) {
    Column.added(clause).ifPresent(column -> added(sight, alter, column));
    Column.retyped(clause).ifPresent(column -> retyped(sight, alter, column));
    if (clause.starts("alter") && clause.has("set", "not", "null")) {
      String column = clause.from(1).skip("column").name();
      if (!sight.known().isProven(alter.table(), column)) {
        sight.report(
            Rule.SET_NOT_NULL,
            clause.first(),
            "all rows of %s are read for nulls in %s while nobody may use it"
                .formatted(alter.table(), column));
      }
    }
  }

  private static void added(Sight sight, AlterTable alter, Column column) {
    String what = "column " + column.name() + " of " + alter.table();
    boolean isIdentity = column.has("as", "identity");
    boolean isStored = column.has("generated") && column.has("stored");
    if (SERIAL.contains(column.type()) || isIdentity) {
      sight.report(Rule.ADD_COLUMN_SERIAL, column.at(), what + " is numbered in every row");
    } else if (isStored) {
      sight.report(Rule.ADD_COLUMN_STORED, column.at(), what + " is computed for every row");
    } else if (column.has("not", "null") && !column.has("default") && !column.has("generated")) {
      sight.report(
          Rule.ADD_COLUMN_NOT_NULL,
          column.at(),
          what + " is NOT NULL without a default; this fails when there are rows");
    }
    if (isVolatile(column.rest().after("default"))) {
      sight.report(
          Rule.ADD_COLUMN_VOLATILE_DEFAULT,
          column.at(),
          what + " gets a value of its own in every row, which writes the table anew");
    }
    if (column.has("check")) {
      sight.report(Rule.ADD_CHECK, column.at(), what + " has a CHECK, for which all rows are read");
    }
  }

  private static boolean isVolatile(Phrase expression) {
    for (int i = 0; i + 1 < expression.tokens().size(); i++) {
      boolean isCall =
          expression.tokens().get(i).kind() == TokenKind.WORD
              && expression.tokens().get(i + 1).kind() == TokenKind.OPEN;
      if (expression.word(i).equals("check") || expression.word(i).equals("references")) {
        return false;
      }
      if (isCall && !SAME_FOR_ALL.contains(expression.word(i))) {
        return true;
      }
    }
    return false;
  }

  private static void retyped(Sight sight, AlterTable alter, Column column) {
    String old = sight.known().type(alter.table(), column.name()).orElse("");
    String now = column.type();
    Phrase using = column.rest().after("using");
    boolean converts = !using.isEmpty() && !using.name().equals(column.name());
    if (!old.isEmpty() && Types.isFree(old, now) && !converts) {
      return;
    }
    sight.report(
        Rule.CHANGE_TYPE,
        column.at(),
        "the type of %s of %s becomes %s%s, which writes the table anew"
            .formatted(column.name(), alter.table(), now, old.isEmpty() ? "" : " and was " + old));
  }
}
