package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a {@code CREATE INDEX} says. Immutable.
 *
 * @param spelling its name
 * @param unique whether it allows no duplicates
 * @param meaning columns and condition in comparable form: {@code ON person (lower(name) DESC)}
 * @param items the columns or expressions one by one, without order
 */
record IndexText(String spelling, boolean unique, String meaning, List<String> items) {

  IndexText {
    items = List.copyOf(items);
  }

  /**
   * Reads one.
   *
   * @param columns the columns of its table, folded
   * @throws IllegalStateException if it is none
   */
  static IndexText read(String text, Set<String> columns) {
    Tokens in = Tokens.of(text);
    in.take("create");
    boolean unique = in.take("unique");
    if (!in.take("index")) {
      throw in.unexpected();
    }
    in.take("if", "not", "exists");
    String spelling = in.takeName();
    if (in.take(TokenKind.DOT)) {
      spelling = in.takeName();
    }
    if (!in.take("on")) {
      throw in.unexpected();
    }
    StringBuilder meaning = new StringBuilder("ON ");
    meaning.append(Meaning.name(Tokens.folded(in.takeName()))).append(" (");
    List<String> items = new ArrayList<>();
    String comma = "";
    for (List<Token> item : TableText.split(in.takeGroup())) {
      Token last = item.getLast();
      boolean descending = last.isWord(text, "desc");
      boolean ordered = descending || last.isWord(text, "asc");
      List<Token> bare = ordered ? item.subList(0, item.size() - 1) : item;
      String expression = Meaning.ofExpression(in, bare, columns);
      items.add(expression);
      meaning.append(comma).append(expression).append(descending ? " DESC" : "");
      comma = ", ";
    }
    meaning.append(')');
    if (in.take("where")) {
      meaning.append(" WHERE ").append(Meaning.ofExpression(in, in.rest(), columns));
    }
    return new IndexText(spelling, unique, meaning.toString(), items);
  }
}
