package dev.undercroft.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes SQL in one layout: a table's columns and constraints on a line each, two spaces for each
 * level, no blanks at ends of lines, at most one empty line. Tokens and comments stay what they are
 * and where they are; inside of strings, and so of function bodies, nothing is touched. What was
 * laid out once stays as it is. Used once, by one thread.
 */
public final class Layout {

  private static final int STEP = 2;
  private static final int HEAD = 4;

  private final String text;
  private final StringBuilder out = new StringBuilder();
  private final List<String> head = new ArrayList<>();
  private @Nullable Token previous;
  private String blank = "";
  private int depth;
  private int list = -1;
  private boolean isInside;

  private Layout(String text) {
    this.text = text;
  }

  /** The text in this layout; it ends with a line end unless it is empty. */
  public static String of(String text, Dialect dialect) {
    Layout layout = new Layout(text);
    Lexer.tokens(text, dialect).forEach(layout::take);
    String laid = layout.out.toString().stripTrailing();
    return laid.isEmpty() ? "" : laid + "\n";
  }

  private void take(Token token) {
    if (token.kind() == TokenKind.WHITESPACE) {
      blank = token.in(text);
      return;
    }
    out.append(gap(token)).append(token.in(text).stripTrailing());
    advance(token);
    previous = token;
    blank = "";
  }

  private void advance(Token token) {
    switch (token.kind()) {
      case LINE_COMMENT, BLOCK_COMMENT -> {}
      case SEMICOLON -> {
        if (depth == 0) {
          isInside = false;
          head.clear();
        }
      }
      case OPEN -> {
        isInside = true;
        if (depth == 0 && list < 0 && isTable()) {
          list = depth;
        }
        depth++;
      }
      case CLOSE -> {
        depth = Math.max(0, depth - 1);
        if (depth == list) {
          list = -1;
          head.add("done");
        }
      }
      default -> {
        isInside = true;
        head.add(depth == 0 ? token.in(text).toLowerCase(Locale.ROOT) : "");
      }
    }
  }

  /** Whether the parentheses that open here hold the columns of a new table. */
  private boolean isTable() {
    int at = head.indexOf("table");
    return !head.isEmpty()
        && head.getFirst().equals("create")
        && at > 0
        && at < HEAD
        && !head.contains("of")
        && !head.contains("as")
        && !head.contains("done");
  }

  private String gap(Token token) {
    Token before = previous;
    if (before == null) {
      return "";
    }
    boolean newLine = blank.indexOf('\n') >= 0;
    boolean beside = token.kind().isComment() && !newLine;
    if (before.kind() == TokenKind.LINE_COMMENT || (newLine && token.kind().isComment())) {
      return lines(token);
    }
    if (!isInside) {
      return beside ? " " : lines(token);
    }
    if (beside) {
      return " ";
    }
    if (list >= 0 && isListBorder(before, token)) {
      return lines(token);
    }
    return within(before, token, newLine && list < 0);
  }

  private boolean isListBorder(Token before, Token token) {
    boolean begins = before.kind() == TokenKind.OPEN && depth == list + 1 && isFirstOfList();
    boolean next = before.kind() == TokenKind.COMMA && depth == list + 1;
    boolean ends = token.kind() == TokenKind.CLOSE && depth == list + 1;
    return begins || next || ends;
  }

  /** Whether the parenthesis before is the one of the list and not of something in it. */
  private boolean isFirstOfList() {
    return list >= 0 && depth == list + 1;
  }

  private String within(Token before, Token token, boolean newLine) {
    if (token.kind() == TokenKind.COMMA || token.kind() == TokenKind.SEMICOLON) {
      return "";
    }
    boolean strings =
        before.kind() == TokenKind.STRING && token.kind() == TokenKind.STRING && !blank.isEmpty();
    if (newLine || (strings && blank.indexOf('\n') >= 0)) {
      return lines(token);
    }
    if (before.kind() == TokenKind.OPEN || token.kind() == TokenKind.CLOSE) {
      return "";
    }
    return blank.isEmpty() && before.kind() != TokenKind.COMMA ? "" : " ";
  }

  /** A new line, or an empty one between, and the place of the token on it. */
  private String lines(Token token) {
    boolean empty = blank.indexOf('\n') != blank.lastIndexOf('\n');
    int level = isInside ? depth + (list < 0 ? 1 : 0) : 0;
    int shown = token.kind() == TokenKind.CLOSE && level > 0 ? level - 1 : level;
    return (empty ? "\n\n" : "\n") + " ".repeat(STEP * shown);
  }
}
