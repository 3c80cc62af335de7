package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what follows the word DEFAULT. Stateless. */
final class DefaultText {

  private DefaultText() {}

  static void read(Tokens in, ColumnText column) {
    if (in.isKind(TokenKind.OPEN)) {
      List<Token> inner = Meaning.stripped(in.takeGroup());
      String value = literal(in, inner);
      column.defaultIsConstant = value != null;
      column.defaultValue = value == null ? Meaning.ofExpression(in, inner, Set.of()) : value;
    } else {
      int start = in.at();
      if (in.isKind(TokenKind.OPERATOR)) {
        in.skip();
      }
      in.skip();
      String value = literal(in, in.since(start));
      column.defaultIsConstant = value != null;
      column.defaultValue = value == null ? Meaning.ofStatement(in, in.since(start)) : value;
    }
    if ("NULL".equals(column.defaultValue)) {
      column.defaultValue = null;
    }
  }

  /** The value that these tokens write down; null if it has to be computed. */
  private static @Nullable String literal(Tokens in, List<Token> tokens) {
    Token last = tokens.getLast();
    String written = last.in(in.text());
    String sign = tokens.size() == 2 ? tokens.getFirst().in(in.text()) : "";
    if (tokens.size() > 2 || (tokens.size() == 2 && last.kind() != TokenKind.NUMBER)) {
      return null;
    }
    return switch (last.kind()) {
      case NUMBER -> (sign.equals("-") ? "-" : "") + Folded.of(written);
      case STRING -> written.charAt(0) == '\'' ? written : Folded.of(written);
      case QUOTED_NAME -> Meaning.literal(Tokens.unquoted(written));
      case WORD -> word(written);
      default -> null;
    };
  }

  private static @Nullable String word(String written) {
    String word = written.toUpperCase(Locale.ROOT);
    if (word.startsWith("CURRENT_")) {
      return null;
    }
    boolean known = Set.of("NULL", "TRUE", "FALSE").contains(word);
    return known ? word : Meaning.literal(written);
  }
}
