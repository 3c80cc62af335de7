package dev.undercroft.lint;

import dev.undercroft.sql.QualifiedName;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import dev.undercroft.sql.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A statement or a part of one, read by its keywords. Immutable. */
final class Phrase {

  private final String text;
  private final List<Token> tokens;

  private Phrase(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  static Phrase of(Statement statement) {
    return new Phrase(statement.source().text(), statement.tokens());
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Its first token; of an empty phrase there is none. */
  Token first() {
    return tokens.getFirst();
  }

  List<Token> tokens() {
    return tokens;
  }

  /** Whether it begins with these keywords. */
  boolean starts(String... keywords) {
    return isAt(0, keywords);
  }

  private boolean isAt(int index, String... keywords) {
    if (index + keywords.length > tokens.size()) {
      return false;
    }
    for (int i = 0; i < keywords.length; i++) {
      if (!tokens.get(index + i).isWord(text, keywords[i])) {
        return false;
      }
    }
    return true;
  }

  /** Where these keywords come outside of parentheses; -1 if nowhere. */
  private int find(String... keywords) {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.get(i).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
      if (depth == 0 && isAt(i, keywords)) {
        return i;
      }
    }
    return -1;
  }

  /** Whether these keywords come outside of parentheses. */
  boolean has(String... keywords) {
    return find(keywords) >= 0;
  }

  /** Whether these keywords come anywhere. */
  boolean mentions(String... keywords) {
    for (int i = 0; i < tokens.size(); i++) {
      if (isAt(i, keywords)) {
        return true;
      }
    }
    return false;
  }

  /** What stands behind these keywords; empty where they do not come outside of parentheses. */
  Phrase after(String... keywords) {
    int at = find(keywords);
    return at < 0 ? from(tokens.size()) : from(at + keywords.length);
  }

  /** The phrase without these keywords at its front, if they stand there. */
  Phrase skip(String... keywords) {
    return starts(keywords) ? from(keywords.length) : this;
  }

  Phrase from(int index) {
    return new Phrase(text, tokens.subList(Math.min(index, tokens.size()), tokens.size()));
  }

  /** What stands between commas outside of parentheses. */
  List<Phrase> parts() {
    List<Phrase> parts = new ArrayList<>();
    int depth = 0;
    int begin = 0;
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.get(i).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
      if (depth == 0 && kind == TokenKind.COMMA) {
        parts.add(new Phrase(text, tokens.subList(begin, i)));
        begin = i + 1;
      }
    }
    if (begin < tokens.size()) {
      parts.add(new Phrase(text, tokens.subList(begin, tokens.size())));
    }
    return parts;
  }

  /** The inside of the first parentheses; empty if there are none. */
  Phrase group() {
    int depth = 0;
    int begin = -1;
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.get(i).kind();
      if (kind == TokenKind.OPEN && depth++ == 0) {
        begin = i + 1;
      } else if (kind == TokenKind.CLOSE && --depth == 0) {
        return new Phrase(text, tokens.subList(begin, i));
      }
    }
    return from(tokens.size());
  }

  /** The name at its front and what stands behind it. */
  Optional<Named> named() {
    return new Words(text, tokens)
        .takeName()
        .map(name -> new Named(key(name), name, tokens.getFirst(), from(name.tokens())));
  }

  /** The name at its front, or empty text. */
  String name() {
    return named().map(Named::key).orElse("");
  }

  /** How things are called here: without the schema {@code public}. */
  private static String key(QualifiedName name) {
    String schema = name.schema().map(Object::toString).orElse("public");
    return schema.equals("public") ? name.name().text() : schema + "." + name.name().text();
  }

  /**
   * A name at the front of a phrase.
   *
   * @param key how it is called here
   * @param name as it was written
   * @param at its first token
   * @param rest what stands behind it
   */
  record Named(String key, QualifiedName name, Token at, Phrase rest) {}

  /** A word in lower case, or other text as it is. */
  String word(int index) {
    return index < tokens.size() ? tokens.get(index).in(text).toLowerCase(Locale.ROOT) : "";
  }

  /** As it was written, blanks as single ones. */
  String written() {
    return tokens.isEmpty()
        ? ""
        : text.substring(tokens.getFirst().start(), tokens.getLast().end()).replaceAll("\\s+", " ");
  }
}
