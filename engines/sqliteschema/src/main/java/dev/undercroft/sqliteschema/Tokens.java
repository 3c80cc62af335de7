package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Lexer;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of one statement of SQLite without blanks and comments, read from the front. */
final class Tokens {

  private final String text;
  private final List<Token> all;
  private int at;

  private Tokens(String text, List<Token> all) {
    this.text = text;
    this.all = all;
  }

  static Tokens of(String text) {
    return new Tokens(
        text,
        Lexer.tokens(text, Dialect.SQLITE).stream()
            .filter(token -> !token.kind().isBlank())
            .toList());
  }

  /** The same text, only these tokens. */
  Tokens part(List<Token> tokens) {
    return new Tokens(text, tokens);
  }

  String text() {
    return text;
  }

  boolean atEnd() {
    return at >= all.size();
  }

  int at() {
    return at;
  }

  /** The tokens from a place up to here. */
  List<Token> since(int start) {
    return all.subList(start, at);
  }

  /** The characters from a place up to here, with what was between the tokens. */
  String textSince(int start) {
    return start == at ? "" : text.substring(all.get(start).start(), all.get(at - 1).end());
  }

  List<Token> rest() {
    return all.subList(at, all.size());
  }

  @Nullable Token peek(int ahead) {
    return at + ahead < all.size() ? all.get(at + ahead) : null;
  }

  boolean isKind(TokenKind kind) {
    Token next = peek(0);
    return next != null && next.kind() == kind;
  }

  boolean isWord(String... words) {
    Token next = peek(0);
    for (String word : words) {
      if (next != null && next.isWord(text, word)) {
        return true;
      }
    }
    return false;
  }

  void skip() {
    at++;
  }

  /** Takes these keywords when they come next, all of them; otherwise takes nothing. */
  boolean take(String... words) {
    for (int i = 0; i < words.length; i++) {
      Token token = peek(i);
      if (token == null || !token.isWord(text, words[i])) {
        return false;
      }
    }
    at += words.length;
    return true;
  }

  boolean take(TokenKind kind) {
    if (isKind(kind)) {
      at++;
      return true;
    }
    return false;
  }

  /** Whether a name comes next: a word, or anything in quotes. */
  boolean isName() {
    return isKind(TokenKind.WORD) || isKind(TokenKind.QUOTED_NAME) || isKind(TokenKind.STRING);
  }

  /** The next token as a name, without its quotes. */
  String takeName() {
    if (!isName()) {
      throw unexpected();
    }
    return unquoted(all.get(at++).in(text));
  }

  /** The next token as a keyword in capitals. */
  String takeWord() {
    if (!isKind(TokenKind.WORD)) {
      throw unexpected();
    }
    return all.get(at++).in(text).toUpperCase(java.util.Locale.ROOT);
  }

  /** What stands between the parentheses that come next. */
  List<Token> takeGroup() {
    if (!isKind(TokenKind.OPEN)) {
      throw unexpected();
    }
    int start = at + 1;
    int depth = 0;
    do {
      if (atEnd()) {
        throw unexpected();
      }
      TokenKind kind = all.get(at++).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
    } while (depth > 0);
    return all.subList(start, at - 1);
  }

  IllegalStateException unexpected() {
    Token next = peek(0);
    return new IllegalStateException(
        next == null ? "it ends too early" : "'" + next.in(text) + "' was not expected");
  }

  /** A name without its quotes, whichever those are. */
  static String unquoted(String written) {
    char first = written.charAt(0);
    if (written.length() < 2 || "\"'`[".indexOf(first) < 0) {
      return written;
    }
    String inner = written.substring(1, written.length() - 1);
    return first == '[' ? inner : inner.replace("" + first + first, "" + first);
  }

  /** A name as ids have it: without quotes and capitals. */
  static String folded(String written) {
    return Folded.of(unquoted(written));
  }
}
