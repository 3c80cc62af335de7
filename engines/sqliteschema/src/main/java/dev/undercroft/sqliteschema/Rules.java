package dev.undercroft.sqliteschema;

import dev.undercroft.catalog.Attribute;
import dev.undercroft.catalog.CatalogObject;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the constraints of catalogs. Stateless. */
final class Rules {

  private Rules() {}

  /** The columns of a key or the referring ones of a foreign key, folded; none of a check. */
  static List<String> columns(CatalogObject rule) {
    if (rule.is(Attribute.CONSTRAINT_TYPE, "c")) {
      return List.of();
    }
    Tokens in = Tokens.of(rule.get(Attribute.DEFINITION));
    while (!in.isKind(TokenKind.OPEN)) {
      in.skip();
    }
    return list(in, in.takeGroup());
  }

  /** What a foreign key refers to: the table, then its columns as far as they are named. */
  static Target target(CatalogObject rule) {
    String meaning = rule.get(Attribute.DEFINITION);
    Tokens in = Tokens.of(meaning.substring(meaning.indexOf(") REFERENCES ") + 13));
    String table = in.takeName();
    return new Target(table, in.isKind(TokenKind.OPEN) ? list(in, in.takeGroup()) : List.of());
  }

  /**
   * What a foreign key refers to.
   *
   * @param table the table, folded
   * @param columns its columns, folded; none where they are not known
   */
  record Target(String table, List<String> columns) {}

  private static List<String> list(Tokens in, List<Token> group) {
    return TableText.split(group).stream().map(item -> in.part(item).takeName()).toList();
  }

  /** The names that stand in a text, folded. */
  static Set<String> names(String meaning) {
    Tokens in = Tokens.of(meaning);
    Set<String> names = new HashSet<>();
    for (Token token : in.rest()) {
      if (token.kind() == TokenKind.WORD || token.kind() == TokenKind.QUOTED_NAME) {
        names.add(Tokens.folded(token.in(meaning)));
      }
    }
    return names;
  }

  /** The condition of a check, without the parentheses around it. */
  static String condition(CatalogObject check) {
    String meaning = check.get(Attribute.DEFINITION);
    return meaning.substring("CHECK (".length(), meaning.lastIndexOf(')'));
  }
}
