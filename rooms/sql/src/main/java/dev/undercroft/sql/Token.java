package dev.undercroft.sql;

/**
 * A piece of an SQL text. The tokens of a text follow each other without gap. Immutable.
 *
 * @param kind what it is
 * @param start where it begins, in UTF-16 units from 0
 * @param end where it ends, exclusive
 * @param closed whether its closing quote or mark is there; true for kinds that need none
 */
public record Token(TokenKind kind, int start, int end, boolean closed) {

  /** Its characters in the text it came from. */
  public String in(String text) {
    return text.substring(start, end);
  }

  /** Whether it is this keyword, in whatever case. */
  public boolean isWord(String text, String keyword) {
    return kind == TokenKind.WORD
        && end - start == keyword.length()
        && text.regionMatches(true, start, keyword, 0, keyword.length());
  }
}
