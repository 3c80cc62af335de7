package dev.undercroft.sqliteschema;

import dev.undercroft.sql.Folded;
import dev.undercroft.sql.Token;
import dev.undercroft.sql.TokenKind;
import dev.undercroft.sqliteschema.ColumnRule.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a {@code CREATE TABLE} as SQLite keeps it; its syntax stands on SQLite's page of that
 * statement. Used once.
 */
final class TableText {

  private static final String[] RULE_WORDS = {
    "constraint", "primary", "unique", "check", "foreign"
  };
  private static final Set<String> AFTER_TYPE =
      Set.of(
          "CONSTRAINT",
          "PRIMARY",
          "NOT",
          "NULL",
          "UNIQUE",
          "CHECK",
          "DEFAULT",
          "COLLATE",
          "REFERENCES",
          "GENERATED",
          "AS");

  private final Tokens in;
  private final Set<String> names;
  private final List<ColumnText> columns = new ArrayList<>();
  private final List<ColumnRule> rules = new ArrayList<>();
  private final Set<String> options = new TreeSet<>();
  private String spelling = "";
  private String module = "";
  private String arguments = "";

  private TableText(String text, Set<String> names) {
    this.in = Tokens.of(text);
    this.names = names;
  }

  /**
   * Reads one.
   *
   * @throws IllegalStateException if it is none, with what was not expected
   */
  static TableText read(String text) {
    TableText names = new TableText(text, Set.of());
    names.read();
    TableText table =
        new TableText(
            text, names.columns.stream().map(ColumnText::name).collect(Collectors.toSet()));
    table.read();
    return table;
  }

  String spelling() {
    return spelling;
  }

  List<ColumnText> columns() {
    return columns;
  }

  List<ColumnRule> rules() {
    return rules;
  }

  Set<String> options() {
    return options;
  }

  /** The module of a virtual table; empty text of another. */
  String module() {
    return module;
  }

  /** The arguments of a virtual table in comparable form. */
  String arguments() {
    return arguments;
  }

  private void read() {
    in.take("create");
    boolean temporary = in.take("temp") || in.take("temporary");
    boolean virtual = !temporary && in.take("virtual");
    if (!in.take("table")) {
      throw in.unexpected();
    }
    in.take("if", "not", "exists");
    spelling = in.takeName();
    if (in.take(TokenKind.DOT)) {
      spelling = in.takeName();
    }
    if (virtual) {
      virtual();
      return;
    }
    if (!in.take(TokenKind.OPEN)) {
      throw in.unexpected();
    }
    do {
      while (in.isWord(RULE_WORDS)) {
        tableRule();
      }
      if (!in.isKind(TokenKind.CLOSE) && !in.isKind(TokenKind.COMMA)) {
        column();
      }
    } while (in.take(TokenKind.COMMA));
    if (!in.take(TokenKind.CLOSE)) {
      throw in.unexpected();
    }
    readOptions();
  }

  private void virtual() {
    if (!in.take("using")) {
      throw in.unexpected();
    }
    module = Folded.of(in.takeName());
    arguments = in.isKind(TokenKind.OPEN) ? Meaning.ofStatement(in, in.takeGroup()) : "";
  }

  private void readOptions() {
    while (!in.atEnd()) {
      if (in.take("without", "rowid")) {
        options.add("WITHOUT ROWID");
      } else if (in.take("strict")) {
        options.add("STRICT");
      } else if (!in.take(TokenKind.COMMA)) {
        throw in.unexpected();
      }
    }
  }

  private void column() {
    int start = in.at();
    ColumnText column = new ColumnText(in.takeName());
    columns.add(column);
    column.type = type();
    while (!in.atEnd() && !in.isKind(TokenKind.COMMA) && !in.isKind(TokenKind.CLOSE)) {
      part(column);
    }
    column.written = in.textSince(start);
  }

  /** Words up to the first rule, and lengths in parentheses; in capitals with single spaces. */
  private String type() {
    List<String> words = new ArrayList<>();
    while (in.isName() && !(in.isKind(TokenKind.WORD) && endsType())) {
      words.add(in.takeName());
    }
    String type = String.join(" ", words).toUpperCase(Locale.ROOT);
    if (!words.isEmpty() && in.isKind(TokenKind.OPEN)) {
      type += "(" + Meaning.ofStatement(in, in.takeGroup()) + ")";
    }
    return type;
  }

  private boolean endsType() {
    Token next = in.peek(0);
    String word = next == null ? "" : next.in(in.text()).toUpperCase(Locale.ROOT);
    return AFTER_TYPE.contains(word);
  }

  private void part(ColumnText column) {
    int start = in.at();
    Optional<String> name = ruleName();
    if (in.take("not", "null")) {
      String conflict = conflict();
      column.notNull = conflict.isEmpty() ? "true" : conflict.strip();
      column.notNullName = name.orElse("");
    } else if (in.take("null")) {
      conflict();
    } else if (in.take("default")) {
      DefaultText.read(in, column);
    } else if (in.take("collate")) {
      String collation = in.takeName().toUpperCase(Locale.ROOT);
      column.collation = collation.equals("BINARY") ? "" : collation;
    } else if (in.take("generated", "always", "as") || in.take("as")) {
      column.expression = Meaning.ofExpression(in, in.takeGroup(), names);
      column.generated = in.take("stored") ? "STORED" : "VIRTUAL";
      in.take("virtual");
    } else {
      columnRule(column, start, name);
    }
  }

  private void columnRule(ColumnText column, int start, Optional<String> name) {
    List<String> own = List.of(column.name());
    int position = columns.size();
    if (in.take("primary", "key")) {
      boolean descending = in.take("desc");
      in.take("asc");
      String conflict = conflict();
      String sequence = in.take("autoincrement") ? " AUTOINCREMENT" : "";
      String item = Meaning.name(column.name()) + (descending ? " DESC" : "");
      String meaning = "PRIMARY KEY (" + item + ")" + conflict + sequence;
      add(new ColumnRule(Sort.PRIMARY, name, own, meaning, in.textSince(start), position));
    } else if (in.take("unique")) {
      String meaning = "UNIQUE (" + Meaning.name(column.name()) + ")" + conflict();
      add(new ColumnRule(Sort.UNIQUE, name, own, meaning, in.textSince(start), position));
    } else if (in.take("check")) {
      add(check(name, start, position));
    } else if (in.take("references")) {
      add(foreign(name, own, start, position));
    } else {
      throw in.unexpected();
    }
  }

  private void tableRule() {
    int start = in.at();
    Optional<String> name = ruleName();
    if (in.take("primary", "key")) {
      add(key(Sort.PRIMARY, name, start));
    } else if (in.take("unique")) {
      add(key(Sort.UNIQUE, name, start));
    } else if (in.take("check")) {
      add(check(name, start, 0));
    } else if (in.take("foreign", "key")) {
      List<String> own = nameList(in.takeGroup());
      if (!in.take("references")) {
        throw in.unexpected();
      }
      add(foreign(name, own, start, 0));
    } else {
      throw in.unexpected();
    }
    in.take(TokenKind.COMMA);
  }

  private void add(ColumnRule rule) {
    rules.add(rule);
  }

  private Optional<String> ruleName() {
    Optional<String> name = Optional.empty();
    while (in.take("constraint")) {
      name = Optional.of(Folded.of(in.takeName()));
    }
    return name;
  }

  private ColumnRule key(Sort sort, Optional<String> name, int start) {
    List<Token> group = in.takeGroup();
    List<String> columnsOfKey = new ArrayList<>();
    List<String> items = new ArrayList<>();
    String sequence = "";
    for (List<Token> item : split(group)) {
      Tokens one = in.part(item);
      String column = Folded.of(one.takeName());
      String collation = one.take("collate") ? one.takeName().toUpperCase(Locale.ROOT) : "";
      boolean descending = one.take("desc");
      one.take("asc");
      sequence += one.take("autoincrement") ? " AUTOINCREMENT" : "";
      columnsOfKey.add(column);
      items.add(
          Meaning.name(column)
              + (collation.isEmpty() ? "" : " COLLATE " + collation)
              + (descending ? " DESC" : ""));
    }
    String word = sort == Sort.PRIMARY ? "PRIMARY KEY" : "UNIQUE";
    String meaning = word + " (" + String.join(", ", items) + ")" + conflict() + sequence;
    return new ColumnRule(sort, name, columnsOfKey, meaning, in.textSince(start), 0);
  }

  private ColumnRule check(Optional<String> name, int start, int position) {
    String meaning = "CHECK (" + Meaning.ofExpression(in, in.takeGroup(), names) + ")" + conflict();
    return new ColumnRule(Sort.CHECK, name, List.of(), meaning, in.textSince(start), position);
  }

  private ColumnRule foreign(Optional<String> name, List<String> own, int start, int position) {
    String parent = Folded.of(in.takeName());
    List<String> keys = in.isKind(TokenKind.OPEN) ? nameList(in.takeGroup()) : List.of();
    String onDelete = "";
    String onUpdate = "";
    String deferred = "";
    boolean more = true;
    while (more) {
      if (in.take("on", "delete")) {
        onDelete = action(" ON DELETE ");
      } else if (in.take("on", "update")) {
        onUpdate = action(" ON UPDATE ");
      } else if (in.take("on", "insert")) {
        action("");
      } else if (in.take("match")) {
        // SQLite reads it and goes on as if it were not there.
        in.takeName();
      } else if (in.isWord("not", "deferrable") && !isNotNull()) {
        deferred = deferred();
      } else {
        more = false;
      }
    }
    String target = Meaning.name(parent) + (keys.isEmpty() ? "" : "(" + listed(keys) + ")");
    String meaning =
        "FOREIGN KEY (" + listed(own) + ") REFERENCES " + target + onDelete + onUpdate + deferred;
    return new ColumnRule(Sort.FOREIGN, name, own, meaning, in.textSince(start), position);
  }

  private boolean isNotNull() {
    Token second = in.peek(1);
    return second != null && in.isWord("not") && second.isWord(in.text(), "null");
  }

  private String action(String words) {
    String action =
        in.take("set", "null")
            ? "SET NULL"
            : in.take("set", "default")
                ? "SET DEFAULT"
                : in.take("no", "action") ? "" : in.takeWord();
    return action.isEmpty() ? "" : words + action;
  }

  /** Only what is checked at the end of a transaction differs from what SQLite does anyway. */
  private String deferred() {
    boolean not = in.take("not");
    in.take("deferrable");
    boolean late = in.take("initially", "deferred");
    in.take("initially", "immediate");
    return late && !not ? " DEFERRABLE INITIALLY DEFERRED" : "";
  }

  private String conflict() {
    return in.take("on", "conflict") ? " ON CONFLICT " + in.takeWord() : "";
  }

  private List<String> nameList(List<Token> group) {
    return split(group).stream().map(item -> Folded.of(in.part(item).takeName())).toList();
  }

  private static String listed(List<String> names) {
    return names.stream().map(Meaning::name).collect(Collectors.joining(", "));
  }

  /** Cuts at the commas that stand outside of parentheses. */
  static List<List<Token>> split(List<Token> tokens) {
    List<List<Token>> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      TokenKind kind = tokens.get(i).kind();
      depth += kind == TokenKind.OPEN ? 1 : kind == TokenKind.CLOSE ? -1 : 0;
      if (depth == 0 && kind == TokenKind.COMMA) {
        parts.add(tokens.subList(start, i));
        start = i + 1;
      }
    }
    parts.add(tokens.subList(start, tokens.size()));
    return parts;
  }
}
