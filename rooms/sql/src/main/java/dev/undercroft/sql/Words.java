package dev.undercroft.sql;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of one statement from the front, as far as its words are the expected ones.
 * Mutable, for one thread.
 */
public final class Words {

  private final String text;
  private final List<Token> tokens;
  private int at;

  /**
   * Begins at the first token.
   *
   * @param text the text that the tokens point into
   * @param tokens tokens without blanks and comments
   */
  public Words(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  /** Takes these keywords when they come next, all of them; otherwise takes nothing. */
  public boolean take(String... keywords) {
    for (int i = 0; i < keywords.length; i++) {
      Token token = token(at + i);
      if (token == null || !token.isWord(text, keywords[i])) {
        return false;
      }
    }
    at += keywords.length;
    return true;
  }

  /** Takes a keyword wherever it comes next outside of parentheses, with all that is before it. */
  public boolean skipTo(String keyword) {
    int depth = 0;
    for (int i = at; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == TokenKind.OPEN) {
        depth++;
      } else if (token.kind() == TokenKind.CLOSE) {
        depth--;
      } else if (depth == 0 && token.isWord(text, keyword)) {
        at = i + 1;
        return true;
      }
    }
    return false;
  }

  /** Whether this keyword comes anywhere in what is left, in or outside of parentheses. */
  public boolean contains(String keyword) {
    return tokens.subList(at, tokens.size()).stream().anyMatch(t -> t.isWord(text, keyword));
  }

  /** Takes a group in parentheses when one comes next. */
  public boolean takeGroup() {
    Token first = token(at);
    if (first == null || first.kind() != TokenKind.OPEN) {
      return false;
    }
    int depth = 0;
    do {
      TokenKind kind = tokens.get(at++).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
    } while (depth > 0 && at < tokens.size());
    return true;
  }

  /** Takes a name of one or more parts when one comes next. */
  public Optional<QualifiedName> takeName() {
    Optional<QualifiedName> name = QualifiedName.read(text, tokens.subList(at, tokens.size()));
    name.ifPresent(found -> at += found.tokens());
    return name;
  }

  /** Whether nothing is left. */
  public boolean atEnd() {
    return at >= tokens.size();
  }

  /** Takes the next word, in upper case; takes nothing and gives empty text when none is next. */
  String takeWord() {
    Token token = token(at);
    if (token == null || token.kind() != TokenKind.WORD) {
      return "";
    }
    at++;
    return token.in(text).toUpperCase(Locale.ROOT);
  }

  /** The same words, none taken. */
  Words fromStart() {
    return new Words(text, tokens);
  }

  private @Nullable Token token(int index) {
    return index < tokens.size() ? tokens.get(index) : null;
  }
}
