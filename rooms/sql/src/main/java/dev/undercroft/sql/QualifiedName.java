package dev.undercroft.sql;

import dev.undercroft.base.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A name of one or more parts as PostgreSQL stores them: unquoted parts in lower case, quoted ones
 * as they are. Immutable.
 *
 * @param parts at least one, the object's own name last
 * @param tokens how many tokens it was written with
 */
public record QualifiedName(List<Identifier> parts, int tokens) {

  /** Copies the list. */
  public QualifiedName {
    parts = List.copyOf(parts);
  }

  /** The object's own name. */
  public Identifier name() {
    return parts.getLast();
  }

  /** The schema it is said to be in. */
  public Optional<Identifier> schema() {
    return parts.size() < 2 ? Optional.empty() : Optional.of(parts.get(parts.size() - 2));
  }

  /** The name for use in SQL, each part in quotes. */
  public String quoted() {
    return parts.stream().map(Identifier::quoted).collect(Collectors.joining("."));
  }

  /** The name at the front of some tokens; empty when there is none, or one with escapes. */
  static Optional<QualifiedName> read(String text, List<Token> tokens) {
    List<Identifier> parts = new ArrayList<>();
    int at = 0;
    while (at < tokens.size()) {
      Optional<Identifier> part = part(tokens.get(at).in(text), tokens.get(at).kind());
      if (part.isEmpty()) {
        break;
      }
      parts.add(part.get());
      at++;
      if (at >= tokens.size() || tokens.get(at).kind() != TokenKind.DOT) {
        return Optional.of(new QualifiedName(parts, at));
      }
      at++;
    }
    return Optional.empty();
  }

  private static Optional<Identifier> part(String written, TokenKind kind) {
    if (kind == TokenKind.WORD) {
      return Optional.of(new Identifier(Folded.of(written)));
    }
    boolean plain = kind == TokenKind.QUOTED_NAME && written.length() > 2;
    if (!plain || Character.toLowerCase(written.charAt(0)) == 'u') {
      return Optional.empty();
    }
    char close = written.charAt(written.length() - 1);
    String inner = written.substring(1, written.length() - 1);
    return Optional.of(new Identifier(inner.replace("" + close + close, "" + close)));
  }
}
