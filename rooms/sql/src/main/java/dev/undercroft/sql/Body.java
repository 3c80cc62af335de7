package dev.undercroft.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Watches one statement for a body in which semicolons do not end it: {@code BEGIN ATOMIC … END} of
 * a PostgreSQL routine, {@code BEGIN … END} of an SQLite trigger. Also sees whether a statement is
 * a COPY whose rows follow it.
 */
final class Body {

  private static final int HEAD = 4;

  private final String text;
  private final boolean postgres;
  private final List<String> head = new ArrayList<>(HEAD);
  private final List<Token> openers = new ArrayList<>();
  private @Nullable Token previous;
  private @Nullable Token begin;
  private boolean triggerEnded;
  private boolean fromStdin;

  private Body(String text, Dialect dialect) {
    this.text = text;
    this.postgres = dialect == Dialect.POSTGRESQL;
  }

  static Body of(String text, Dialect dialect) {
    return new Body(text, dialect);
  }

  /** Takes notice of the next token that is no blank. */
  void see(Token token, int depth) {
    if (token.kind() == TokenKind.WORD) {
      word(token, depth);
    } else if (head.size() < HEAD) {
      head.add("");
    }
    previous = token;
  }

  /** Whether a semicolon here would not end the statement. */
  boolean isOpen() {
    return postgres ? !openers.isEmpty() : begin != null && !triggerEnded;
  }

  /** Where the body begins that is still open. */
  @Nullable Token opener() {
    if (!isOpen()) {
      return null;
    }
    return postgres ? openers.getFirst() : begin;
  }

  boolean isCopyFromStdin() {
    return fromStdin;
  }

  private void word(Token token, int depth) {
    if (head.size() < HEAD) {
      head.add(token.in(text).toLowerCase(Locale.ROOT));
    }
    if (postgres) {
      postgresWord(token, depth);
    } else if (isTrigger()) {
      triggerWord(token);
    }
  }

  private void postgresWord(Token token, int depth) {
    if (head.getFirst().equals("copy")) {
      fromStdin |= depth == 0 && token.isWord(text, "stdin") && previousIs("from");
      return;
    }
    if (!isRoutine() || isLabel()) {
      return;
    }
    if (token.isWord(text, "atomic") && previousIs("begin") && previous != null) {
      openers.add(previous);
    } else if (token.isWord(text, "case") && !openers.isEmpty()) {
      openers.add(token);
    } else if (token.isWord(text, "end") && !openers.isEmpty() && closes()) {
      openers.removeLast();
    }
  }

  /** An END right after an expression, outside of CASE, names a column; it closes nothing. */
  private boolean closes() {
    return openers.getLast().isWord(text, "case")
        || previousIs("atomic")
        || (previous != null && previous.kind() == TokenKind.SEMICOLON);
  }

  /** {@code SELECT 1 AS end} and {@code t.case}: a name, whatever its letters. */
  private boolean isLabel() {
    return previous != null && (previous.kind() == TokenKind.DOT || previousIs("as"));
  }

  private void triggerWord(Token token) {
    if (begin == null) {
      begin = token.isWord(text, "begin") && !isLabel() ? token : null;
    } else {
      triggerEnded =
          token.isWord(text, "end") && previous != null && previous.kind() == TokenKind.SEMICOLON;
    }
  }

  private boolean previousIs(String word) {
    return previous != null && previous.isWord(text, word);
  }

  private boolean isRoutine() {
    int at = startOfCreated();
    return at > 0 && (headIs(at, "function") || headIs(at, "procedure"));
  }

  private int startOfCreated() {
    if (!headIs(0, "create")) {
      return -1;
    }
    return headIs(1, "or") && headIs(2, "replace") ? 3 : 1;
  }

  private boolean isTrigger() {
    int at = headIs(0, "explain") ? 1 : 0;
    if (!headIs(at, "create")) {
      return false;
    }
    boolean temporary = headIs(at + 1, "temp") || headIs(at + 1, "temporary");
    return headIs(temporary ? at + 2 : at + 1, "trigger");
  }

  private boolean headIs(int index, String word) {
    return index < head.size() && head.get(index).equals(word);
  }
}
