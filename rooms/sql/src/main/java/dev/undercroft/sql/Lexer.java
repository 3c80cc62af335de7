package dev.undercroft.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts SQL into tokens as the server's own scanner does. PostgreSQL: manual chapter 4.1, Lexical
 * Structure, with {@code standard_conforming_strings} on. SQLite: its page "SQL As Understood By
 * SQLite". Never fails: what is not closed is a token that says so.
 */
public final class Lexer {

  private static final String OPERATORS = "+-*/<>=~!@#%^&|`?";
  private static final String SQLITE_OPERATORS = "+-*/<>=~!%&|";

  private final String text;
  private final boolean postgres;
  private final int end;
  private int at;

  Lexer(String text, Dialect dialect) {
    this(text, dialect, new Span(0, text.length()));
  }

  /** Reads only this part, which must begin and end between two tokens. */
  Lexer(String text, Dialect dialect, Span part) {
    this.text = text;
    this.postgres = dialect == Dialect.POSTGRESQL;
    this.at = part.start();
    this.end = part.end();
  }

  /**
   * All tokens of a text, blanks and comments too; their characters in order are the text. COPY
   * data is not known here, see {@link Script}.
   */
  public static List<Token> tokens(String text, Dialect dialect) {
    Lexer lexer = new Lexer(text, dialect);
    List<Token> all = new ArrayList<>();
    while (lexer.hasNext()) {
      all.add(lexer.next());
    }
    return all;
  }

  boolean hasNext() {
    return at < end;
  }

  /** Moves behind the end of this line, and gives what was left of it, without the line end. */
  Span restOfLine() {
    int start = at;
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
    return new Span(start, end < 0 ? text.length() : end);
  }

  Token next() {
    int start = at;
    char c = text.charAt(at);
    if (isSpace(c)) {
      return run(TokenKind.WHITESPACE, Lexer::isSpace);
    }
    if (c == '-' && peek(1) == '-') {
      return lineComment();
    }
    if (c == '/' && peek(1) == '*') {
      return blockComment();
    }
    Token quoted = quoted(c, start);
    if (quoted != null) {
      return quoted;
    }
    if (isNameStart(c)) {
      return run(TokenKind.WORD, this::isNamePart);
    }
    if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
      return number();
    }
    return mark(c, start);
  }

  /**
   * The lines from here to the one that is only {@code \.}, with it. Call at the start of a line.
   */
  Token copyData() {
    int start = at;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      int next = end < 0 ? text.length() : end + 1;
      String line = text.substring(at, end < 0 ? text.length() : end);
      at = next;
      if (line.equals("\\.") || line.equals("\\.\r")) {
        return token(TokenKind.COPY_DATA, start, true);
      }
    }
    return token(TokenKind.COPY_DATA, start, false);
  }

  private @Nullable Token quoted(char c, int start) {
    return switch (c) {
      case '\'' -> quotedBy('\'', start, TokenKind.STRING);
      case '"' -> quotedBy('"', start, TokenKind.QUOTED_NAME);
      case '`' -> postgres ? null : quotedBy('`', start, TokenKind.QUOTED_NAME);
      case '[' -> postgres ? null : bracketed(start);
      case '$' -> postgres ? dollarString(start) : null;
      default -> prefixed(c, start);
    };
  }

  private @Nullable Token prefixed(char c, int start) {
    char low = Character.toLowerCase(c);
    if (peek(1) == '\'' && (low == 'x' || (postgres && (low == 'b' || low == 'n')))) {
      at++;
      return quotedBy('\'', start, TokenKind.STRING);
    }
    if (postgres && low == 'e' && peek(1) == '\'') {
      at++;
      return escapeString(start);
    }
    if (postgres && low == 'u' && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"')) {
      at += 2;
      boolean string = text.charAt(at) == '\'';
      return quotedBy(text.charAt(at), start, string ? TokenKind.STRING : TokenKind.QUOTED_NAME);
    }
    return null;
  }

  /** From the opening quote to the closing one; a doubled quote stands for itself. */
  private Token quotedBy(char quote, int start, TokenKind kind) {
    at++;
    while (at < text.length()) {
      if (text.charAt(at++) == quote) {
        if (peek(0) != quote) {
          return token(kind, start, true);
        }
        at++;
      }
    }
    return token(kind, start, false);
  }

  /**
   * {@code E'…'}: a backslash takes the next character with it, also in continuations on the
   * following lines.
   */
  private Token escapeString(int start) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        at++;
      } else if (c == '\'' && peek(0) == '\'') {
        at++;
      } else if (c == '\'') {
        int more = continuation();
        if (more < 0) {
          return token(TokenKind.STRING, start, true);
        }
        at = more;
      }
    }
    return token(TokenKind.STRING, start, false);
  }

  /** Behind the quote that continues a string after a line end; -1 when there is none. */
  private int continuation() {
    boolean newLine = false;
    int look = at;
    while (look < text.length()) {
      char c = text.charAt(look);
      if (c == '-' && look + 1 < text.length() && text.charAt(look + 1) == '-') {
        look = lineEnd(look);
      } else if (isSpace(c)) {
        newLine |= c == '\n' || c == '\r';
        look++;
      } else {
        return newLine && c == '\'' ? look + 1 : -1;
      }
    }
    return -1;
  }

  private Token bracketed(int start) {
    int end = text.indexOf(']', at);
    at = end < 0 ? text.length() : end + 1;
    return token(TokenKind.QUOTED_NAME, start, end >= 0);
  }

  private @Nullable Token dollarString(int start) {
    int tag = start + 1;
    while (tag < text.length() && isNamePart(text.charAt(tag)) && text.charAt(tag) != '$') {
      tag++;
    }
    boolean opens =
        tag < text.length()
            && text.charAt(tag) == '$'
            && (tag == start + 1 || isNameStart(text.charAt(start + 1)));
    if (!opens) {
      return null;
    }
    String delimiter = text.substring(start, tag + 1);
    int end = text.indexOf(delimiter, tag + 1);
    at = end < 0 ? text.length() : end + delimiter.length();
    return token(TokenKind.DOLLAR_STRING, start, end >= 0);
  }

  private Token lineComment() {
    int start = at;
    at = lineEnd(at);
    return token(TokenKind.LINE_COMMENT, start, true);
  }

  private int lineEnd(int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private Token blockComment() {
    int start = at;
    int depth = 0;
    while (at < text.length()) {
      if (text.charAt(at) == '/' && peek(1) == '*' && (postgres || depth == 0)) {
        depth++;
        at += 2;
      } else if (text.charAt(at) == '*' && peek(1) == '/') {
        depth--;
        at += 2;
      } else {
        at++;
      }
      if (depth == 0) {
        return token(TokenKind.BLOCK_COMMENT, start, true);
      }
    }
    return token(TokenKind.BLOCK_COMMENT, start, false);
  }

  private Token number() {
    int start = at;
    char radix = Character.toLowerCase(peek(1));
    if (peek(0) == '0' && (radix == 'x' || radix == 'o' || radix == 'b')) {
      at += 2;
      return run(start, TokenKind.NUMBER, c -> Character.digit(c, 16) >= 0 || c == '_');
    }
    skipDigits();
    if (peek(0) == '.' && peek(1) != '.') {
      at++;
      skipDigits();
    }
    if (Character.toLowerCase(peek(0)) == 'e') {
      boolean signed = peek(1) == '+' || peek(1) == '-';
      if (isDigit(peek(signed ? 2 : 1))) {
        at += signed ? 2 : 1;
        skipDigits();
      }
    }
    return token(TokenKind.NUMBER, start, true);
  }

  private void skipDigits() {
    while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
      at++;
    }
  }

  private Token mark(char c, int start) {
    TokenKind single = single(c);
    if (single != null) {
      at++;
      return token(single, start, true);
    }
    if (c == '\\' && postgres) {
      at = lineEnd(at);
      return token(TokenKind.META_COMMAND, start, true);
    }
    if (isParameter(c)) {
      at++;
      return run(start, TokenKind.PARAMETER, postgres ? Lexer::isDigit : this::isNamePart);
    }
    if (c == ':') {
      at += peek(1) == ':' || peek(1) == '=' ? 2 : 1;
      return token(TokenKind.OPERATOR, start, true);
    }
    if (operators().indexOf(c) < 0) {
      at++;
      return token(TokenKind.OTHER, start, true);
    }
    while (operators().indexOf(peek(0)) >= 0 && !startsComment()) {
      at++;
    }
    return token(TokenKind.OPERATOR, start, true);
  }

  private boolean isParameter(char c) {
    if (postgres) {
      return c == '$' && isDigit(peek(1));
    }
    return c == '?' || ((c == ':' || c == '@' || c == '$') && isNamePart(peek(1)));
  }

  private boolean startsComment() {
    return (peek(0) == '-' && peek(1) == '-') || (peek(0) == '/' && peek(1) == '*');
  }

  private String operators() {
    return postgres ? OPERATORS : SQLITE_OPERATORS;
  }

  private static @Nullable TokenKind single(char c) {
    return switch (c) {
      case ';' -> TokenKind.SEMICOLON;
      case ',' -> TokenKind.COMMA;
      case '.' -> TokenKind.DOT;
      case '(' -> TokenKind.OPEN;
      case ')' -> TokenKind.CLOSE;
      case '[', ']' -> TokenKind.BRACKET;
      default -> null;
    };
  }

  /** Decides whether a character belongs to a token. */
  private interface Part {
    boolean test(char c);
  }

  private Token run(TokenKind kind, Part part) {
    return run(at, kind, part);
  }

  private Token run(int start, TokenKind kind, Part part) {
    while (at < text.length() && part.test(text.charAt(at))) {
      at++;
    }
    return token(kind, start, true);
  }

  private Token token(TokenKind kind, int start, boolean closed) {
    return new Token(kind, start, at, closed);
  }

  /** The character so many places ahead; NUL, which no SQL has, behind the end. */
  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  private boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
