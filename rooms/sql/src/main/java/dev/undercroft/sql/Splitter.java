package dev.undercroft.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one text from start to end and finds where its statements end. */
final class Splitter {

  private final SqlSource source;
  private final String text;
  private final Dialect dialect;
  private final Lexer lexer;
  private final Faults faults;
  private final List<Statement> statements = new ArrayList<>();
  private final List<Span> comments = new ArrayList<>();
  private final Deque<Token> parentheses = new ArrayDeque<>();
  private @Nullable Token first;
  private @Nullable Token last;
  private Body body;

  Splitter(SqlSource source, Dialect dialect) {
    this.source = source;
    this.text = source.text();
    this.dialect = dialect;
    this.lexer = new Lexer(text, dialect);
    this.faults = new Faults(source);
    this.body = Body.of(text, dialect);
  }

  Script split() {
    while (lexer.hasNext()) {
      Token token = lexer.next();
      if (!token.closed()) {
        faults.notClosed(token);
      }
      accept(token);
    }
    if (first != null) {
      finish(false, Optional.empty());
    }
    return new Script(source, dialect, statements, faults.problems());
  }

  private void accept(Token token) {
    switch (token.kind()) {
      case WHITESPACE -> {}
      case LINE_COMMENT, BLOCK_COMMENT -> {
        if (first == null) {
          comments.add(new Span(token.start(), token.end()));
        }
      }
      case META_COMMAND -> faults.metaCommand(new Span(token.start(), token.end()));
      case SEMICOLON -> semicolon(token);
      default -> significant(token);
    }
  }

  private void significant(Token token) {
    if (first == null && dialect == Dialect.SQLITE && token.kind() == TokenKind.DOT) {
      faults.metaCommand(new Span(token.start(), lexer.restOfLine().end()));
      return;
    }
    if (token.kind() == TokenKind.OPEN) {
      parentheses.push(token);
    } else if (token.kind() == TokenKind.CLOSE && !parentheses.isEmpty()) {
      parentheses.pop();
    }
    if (first == null) {
      first = token;
    }
    last = token;
    body.see(token, parentheses.size());
  }

  private void semicolon(Token token) {
    if (first == null) {
      return;
    }
    if (!parentheses.isEmpty() || body.isOpen()) {
      last = token;
      body.see(token, parentheses.size());
      return;
    }
    Optional<Span> data = Optional.empty();
    if (body.isCopyFromStdin()) {
      data = Optional.of(copyData(token));
    }
    finish(true, data);
  }

  private Span copyData(Token semicolon) {
    Span rest = lexer.restOfLine();
    if (!rest.in(text).isBlank()) {
      faults.afterCopy(rest);
    }
    Token data = lexer.copyData();
    if (!data.closed()) {
      faults.copyNotEnded(firstOf(semicolon));
      return new Span(data.start(), data.end());
    }
    return new Span(data.start(), text.lastIndexOf("\\.", data.end()));
  }

  private Token firstOf(Token fallback) {
    return first == null ? fallback : first;
  }

  private void finish(boolean ended, Optional<Span> data) {
    if (first == null || last == null) {
      return;
    }
    if (!ended) {
      faults.openAtEnd(parentheses.peekLast(), body.opener());
      if (body.isCopyFromStdin()) {
        faults.copyNotEnded(first);
      }
    }
    Span span = new Span(first.start(), last.end());
    statements.add(new Statement(source, dialect, span, comments, ended, data));
    comments.clear();
    parentheses.clear();
    first = null;
    last = null;
    body = Body.of(text, dialect);
  }
}
