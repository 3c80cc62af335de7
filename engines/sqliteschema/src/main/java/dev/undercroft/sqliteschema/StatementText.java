package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a {@code CREATE VIEW} or {@code CREATE TRIGGER} says. Immutable.
 *
 * @param spelling its name
 * @param meaning what follows its name, in comparable form
 * @param mentions every name in it, folded, whatever it stands for
 */
record StatementText(String spelling, String meaning, Set<String> mentions) {

  StatementText {
    mentions = Set.copyOf(mentions);
  }

  /**
   * Reads one.
   *
   * @throws IllegalStateException if it is neither
   */
  static StatementText read(String text) {
    Tokens in = Tokens.of(text);
    in.take("create");
    if (!in.take("temp")) {
      in.take("temporary");
    }
    if (!in.take("view") && !in.take("trigger")) {
      throw in.unexpected();
    }
    in.take("if", "not", "exists");
    String spelling = in.takeName();
    if (in.take(TokenKind.DOT)) {
      spelling = in.takeName();
    }
    List<Token> rest = in.rest();
    return new StatementText(
        spelling, Meaning.ofStatement(in, withoutNoise(in, rest)), mentions(in, rest));
  }

  /** {@code FOR EACH ROW} is the only way there is. */
  private static List<Token> withoutNoise(Tokens in, List<Token> tokens) {
    List<Token> kept = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      boolean noise =
          i + 2 < tokens.size()
              && tokens.get(i).isWord(in.text(), "for")
              && tokens.get(i + 1).isWord(in.text(), "each")
              && tokens.get(i + 2).isWord(in.text(), "row");
      if (noise) {
        i += 2;
      } else {
        kept.add(tokens.get(i));
      }
    }
    return kept;
  }

  private static Set<String> mentions(Tokens in, List<Token> tokens) {
    Set<String> names = new HashSet<>();
    for (Token token : tokens) {
      if (token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME) {
        names.add(Tokens.folded(token.in(in.text())));
      }
    }
    return names;
  }
}
