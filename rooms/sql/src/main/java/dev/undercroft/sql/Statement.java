package dev.undercroft.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a script. Immutable.
 *
 * @param source the text it stands in
 * @param dialect whose SQL it is
 * @param span from its first token to its last, without the semicolon
 * @param comments the comments between the statement before it and this one, in order
 * @param ended whether a semicolon ends it
 * @param copyData the rows of a {@code COPY … FROM stdin}, without the line {@code \.}
 */
public record Statement(
    SqlSource source,
    Dialect dialect,
    Span span,
    List<Span> comments,
    boolean ended,
    Optional<Span> copyData) {

  /** Enough tokens to know a command; a statement with a million rows is not read to its end. */
  private static final int HEAD = 500;

  /** Copies the list. */
  public Statement {
    comments = List.copyOf(comments);
  }

  /** The statement without semicolon and without the comments around it. */
  public String text() {
    return span.in(source.text());
  }

  /** Where it begins. */
  public Position position() {
    return source.at(span.start());
  }

  /** Its tokens without blanks and comments, with offsets in the source. */
  public List<Token> tokens() {
    return tokens(Integer.MAX_VALUE);
  }

  /** What it is, by its leading words. */
  public Command command() {
    return Command.of(new Words(source.text(), tokens(HEAD)), dialect);
  }

  private List<Token> tokens(int most) {
    Lexer lexer = new Lexer(source.text(), dialect, span);
    List<Token> found = new ArrayList<>();
    while (lexer.hasNext() && found.size() < most) {
      Token token = lexer.next();
      if (!token.kind().isBlank()) {
        found.add(token);
      }
    }
    return found;
  }

  /** Where and what, for people: {@code migration.sql:12:1}. */
  @Override
  public String toString() {
    Position at = position();
    return source.name() + ":" + at.line() + ":" + at.column();
  }
}
