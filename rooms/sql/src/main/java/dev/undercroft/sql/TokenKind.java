package dev.undercroft.sql;

/** What a token is. Immutable. */
public enum TokenKind {
  /** Spaces, tabs, line ends. */
  WHITESPACE,
  /** {@code -- to the end of the line}. */
  LINE_COMMENT,
  /** {@code /* … *}{@code /}, nested in PostgreSQL. */
  BLOCK_COMMENT,
  /** A keyword or an unquoted name. */
  WORD,
  /** A name in quotes: {@code "a"}, {@code U&"a"}, in SQLite also {@code `a`} and {@code [a]}. */
  QUOTED_NAME,
  /** A string in single quotes with whatever prefix: {@code 'a'}, {@code E'a'}, {@code x'ff'}. */
  STRING,
  /** {@code $tag$ … $tag$}. */
  DOLLAR_STRING,
  /** {@code 12}, {@code 1.5e3}, {@code 0xff}, {@code 1_000}. */
  NUMBER,
  /** {@code $1}; in SQLite also {@code ?1}, {@code :a}, {@code @a}, {@code $a}. */
  PARAMETER,
  /** A run of operator characters, also {@code ::} and {@code :=}. */
  OPERATOR,
  /** {@code ;}. */
  SEMICOLON,
  /** {@code ,}. */
  COMMA,
  /** {@code .}. */
  DOT,
  /** {@code (}. */
  OPEN,
  /** {@code )}. */
  CLOSE,
  /** <code>[</code> or <code>]</code>. */
  BRACKET,
  /** A command of psql or the sqlite3 shell, to the end of its line. */
  META_COMMAND,
  /** The lines between {@code COPY … FROM stdin;} and {@code \.}, with that last line. */
  COPY_DATA,
  /** A character that no SQL has outside of quotes. */
  OTHER;

  /** Whether a server reads over it. */
  public boolean isBlank() {
    return this == WHITESPACE || isComment();
  }

  /** Whether it is a comment. */
  public boolean isComment() {
    return this == LINE_COMMENT || this == BLOCK_COMMENT;
  }
}
