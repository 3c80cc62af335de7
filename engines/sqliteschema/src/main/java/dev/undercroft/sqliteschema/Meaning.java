package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts of SQLite in a form in which two are alike when they mean the same: keywords in capitals,
 * names without needless quotes, blanks and comments in one way. Stateless.
 */
final class Meaning {

  /** From SQLite's page "SQLite Keywords". */
  private static final Set<String> KEYWORDS =
      Set.of(
          ("ABORT ACTION ADD AFTER ALL ALTER ALWAYS ANALYZE AND AS ASC ATTACH AUTOINCREMENT BEFORE"
                  + " BEGIN BETWEEN BY CASCADE CASE CAST CHECK COLLATE COLUMN COMMIT CONFLICT"
                  + " CONSTRAINT CREATE CROSS CURRENT CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP"
                  + " DATABASE DEFAULT DEFERRABLE DEFERRED DELETE DESC DETACH DISTINCT DO DROP EACH"
                  + " ELSE END ESCAPE EXCEPT EXCLUDE EXCLUSIVE EXISTS EXPLAIN FAIL FILTER FIRST"
                  + " FOLLOWING FOR FOREIGN FROM FULL GENERATED GLOB GROUP GROUPS HAVING IF IGNORE"
                  + " IMMEDIATE IN INDEX INDEXED INITIALLY INNER INSERT INSTEAD INTERSECT INTO IS"
                  + " ISNULL JOIN KEY LAST LEFT LIKE LIMIT MATCH MATERIALIZED NATURAL NO NOT NOTHING"
                  + " NOTNULL NULL NULLS OF OFFSET ON OR ORDER OTHERS OUTER OVER PARTITION PLAN"
                  + " PRAGMA PRECEDING PRIMARY QUERY RAISE RANGE RECURSIVE REFERENCES REGEXP REINDEX"
                  + " RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT"
                  + " SELECT SET TABLE TEMP TEMPORARY THEN TIES TO TRANSACTION TRIGGER UNBOUNDED"
                  + " UNION UNIQUE UPDATE USING VACUUM VALUES VIEW VIRTUAL WHEN WHERE WINDOW WITH"
                  + " WITHOUT")
              .split(" "));

  private static final List<String> OPERATORS =
      List.of("->>", "->", "||", "<=", "<>", "<<", ">=", ">>", "==", "!=");

  private Meaning() {}

  /**
   * An expression over the columns of one table. What stands in double quotes and is no column is a
   * string, as SQLite takes it.
   */
  static String ofExpression(Tokens in, List<Token> tokens, Set<String> columns) {
    return join(in, stripped(tokens), columns);
  }

  /** A query or a trigger, where names of results are told apart by capitals. */
  static String ofStatement(Tokens in, List<Token> tokens) {
    return join(in, tokens, null);
  }

  /** A name as it stands in such texts. */
  static String name(String folded) {
    return folded.matches("[a-z_\\x{80}-\\x{10FFFF}][\\w$\\x{80}-\\x{10FFFF}]*")
            && !isKeyword(folded)
        ? folded
        : '"' + folded.replace("\"", "\"\"") + '"';
  }

  static boolean isKeyword(String word) {
    return KEYWORDS.contains(word.toUpperCase(Locale.ROOT));
  }

  /** Without parentheses around the whole. */
  static List<Token> stripped(List<Token> tokens) {
    List<Token> now = tokens;
    while (now.size() > 1 && closes(now)) {
      now = now.subList(1, now.size() - 1);
    }
    return now;
  }

  private static boolean closes(List<Token> tokens) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.get(i).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
      if (depth == 0) {
        return i > 0 && i == tokens.size() - 1;
      }
    }
    return false;
  }

  private static String join(Tokens in, List<Token> tokens, @Nullable Set<String> columns) {
    StringBuilder text = new StringBuilder();
    boolean glue = true;
    boolean named = false;
    for (Token token : tokens) {
      TokenKind kind = token.kind();
      for (String piece : pieces(in, token, columns)) {
        boolean close = kind == TokenKind.COMMA || kind == TokenKind.CLOSE || kind == TokenKind.DOT;
        boolean call = kind == TokenKind.OPEN && named;
        if (!glue && !close && !call) {
          text.append(' ');
        }
        text.append(piece);
        glue = kind == TokenKind.OPEN || kind == TokenKind.DOT;
      }
      named =
          kind == TokenKind.QUOTED_NAME
              || (kind == TokenKind.WORD && !isKeyword(token.in(in.text())));
    }
    return text.toString();
  }

  private static List<String> pieces(Tokens in, Token token, @Nullable Set<String> columns) {
    String written = token.in(in.text());
    return switch (token.kind()) {
      case WORD -> List.of(word(written, columns));
      case QUOTED_NAME -> List.of(quoted(written, columns));
      case OPERATOR -> operators(written);
      case STRING ->
          List.of(written.charAt(0) == '\'' ? written : written.toLowerCase(Locale.ROOT));
      case NUMBER -> List.of(written.toLowerCase(Locale.ROOT));
      default -> List.of(written);
    };
  }

  private static String word(String written, @Nullable Set<String> columns) {
    String folded = Folded.of(written);
    if (columns == null) {
      return isKeyword(written) ? written.toUpperCase(Locale.ROOT) : written;
    }
    if (columns.contains(folded)) {
      return name(folded);
    }
    return isKeyword(written) ? written.toUpperCase(Locale.ROOT) : folded;
  }

  private static String quoted(String written, @Nullable Set<String> columns) {
    String inner = Tokens.unquoted(written);
    if (columns == null) {
      return isPlain(inner) ? inner : '"' + inner.replace("\"", "\"\"") + '"';
    }
    String folded = Folded.of(inner);
    boolean string = written.charAt(0) == '"' && !columns.contains(folded);
    return string ? literal(inner) : name(folded);
  }

  static boolean isPlain(String name) {
    return name(Folded.of(name)).charAt(0) != '"';
  }

  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static List<String> operators(String run) {
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < run.length()) {
      int from = at;
      String next =
          OPERATORS.stream()
              .filter(operator -> run.startsWith(operator, from))
              .findFirst()
              .orElse(run.substring(from, from + 1));
      at += next.length();
      found.add(next.equals("==") ? "=" : next.equals("!=") ? "<>" : next);
    }
    return found;
  }
}
