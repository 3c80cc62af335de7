package dev.undercroft.prisma;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes apart how PostgreSQL prints keys, indexes and foreign keys. Stateless. */
final class Clauses {

  private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".,()]+)";
  private static final Pattern KEY =
      Pattern.compile("(?:PRIMARY KEY|UNIQUE) \\(((?:%1$s)(?:, %1$s)*)\\)".formatted(NAME));
  private static final Pattern FOREIGN =
      Pattern.compile(
          "FOREIGN KEY \\((?<own>[^)]+)\\) REFERENCES (?:(?<schema>%1$s)\\.)?(?<table>%1$s)\\((?<targets>[^)]+)\\)(?<rest>.*)"
              .formatted(NAME));
  private static final Pattern ACTIONS =
      Pattern.compile(
          "(?: ON UPDATE (?<update>CASCADE|RESTRICT|SET NULL|SET DEFAULT))?(?: ON DELETE (?<delete>CASCADE|RESTRICT|SET NULL|SET DEFAULT))?");
  private static final Pattern INDEX =
      Pattern.compile(
          "CREATE (?:UNIQUE )?INDEX %1$s ON (?:%1$s\\.)?%1$s USING (?<method>\\w+) \\("
              .formatted(NAME));
  private static final Pattern ELEMENT =
      Pattern.compile(
          "(?<column>%1$s)(?: (?<ops>(?!DESC\\b|NULLS\\b|COLLATE\\b)(?:%1$s\\.)?%1$s))?(?<desc> DESC)?"
              .formatted(NAME));

  /**
   * An element of an index.
   *
   * @param column the column
   * @param operators the operator class, where it is not the usual
   * @param descending whether the largest comes first
   */
  record Element(String column, Optional<String> operators, boolean descending) {}

  /**
   * An index that Prisma can say.
   *
   * @param method the access method, in lower case
   * @param condition of a partial index; else empty text
   */
  record Index(String method, List<Element> elements, String condition) {
    Index {
      elements = List.copyOf(elements);
    }

    List<String> columns() {
      return elements.stream().map(Element::column).toList();
    }
  }

  /**
   * A foreign key.
   *
   * @param schema of the table it refers to
   * @param onDelete Prisma's word
   * @param onUpdate Prisma's word
   * @param plain whether nothing else is said of it
   */
  record Foreign(
      List<String> own,
      String schema,
      String table,
      List<String> targets,
      String onDelete,
      String onUpdate,
      boolean plain) {
    Foreign {
      own = List.copyOf(own);
      targets = List.copyOf(targets);
    }
  }

  private Clauses() {}

  /** The columns of a key; empty when more is said of it than Prisma can say. */
  static Optional<List<String>> key(String definition) {
    Matcher key = KEY.matcher(definition);
    return key.matches() ? Optional.of(names(key.group(1))) : Optional.empty();
  }

  static Optional<Foreign> foreign(String definition) {
    Matcher key = FOREIGN.matcher(definition);
    if (!key.matches()) {
      return Optional.empty();
    }
    Matcher actions = ACTIONS.matcher(key.group("rest"));
    boolean plain = actions.matches();
    return Optional.of(
        new Foreign(
            names(key.group("own")),
            key.group("schema") == null ? "" : unquoted(key.group("schema")),
            unquoted(key.group("table")),
            names(key.group("targets")),
            plain ? action(actions.group("delete")) : "NoAction",
            plain ? action(actions.group("update")) : "NoAction",
            plain));
  }

  private static String action(@Nullable String words) {
    if (words == null) {
      return "NoAction";
    }
    StringBuilder action = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      action.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return action.toString();
  }

  /** An index; empty when more is said of it than Prisma can say. */
  static Optional<Index> index(String definition) {
    Matcher head = INDEX.matcher(definition);
    if (!head.lookingAt()) {
      return Optional.empty();
    }
    int end = closing(definition, head.end());
    if (end < 0) {
      return Optional.empty();
    }
    String rest = definition.substring(end + 1);
    if (!rest.isEmpty() && !rest.startsWith(" WHERE ")) {
      return Optional.empty();
    }
    List<Element> elements = new ArrayList<>();
    for (String part : parts(definition.substring(head.end(), end))) {
      Matcher element = ELEMENT.matcher(part);
      if (!element.matches()) {
        return Optional.empty();
      }
      elements.add(
          new Element(
              unquoted(element.group("column")),
              Optional.ofNullable(element.group("ops")),
              element.group("desc") != null));
    }
    String condition = rest.isEmpty() ? "" : rest.substring(" WHERE ".length());
    return Optional.of(new Index(head.group("method"), elements, condition));
  }

  /** Where the parenthesis closes that was opened before. */
  private static int closing(String text, int from) {
    int depth = 0;
    char quote = 0;
    for (int at = from; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (quote != 0) {
        quote = sign == quote ? 0 : quote;
      } else if (sign == '"' || sign == '\'') {
        quote = sign;
      } else if (sign == '(') {
        depth++;
      } else if (sign == ')') {
        if (depth == 0) {
          return at;
        }
        depth--;
      }
    }
    return -1;
  }

  /** What stands between commas outside quotes and parentheses. */
  private static List<String> parts(String text) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    char quote = 0;
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (quote != 0) {
        quote = sign == quote ? 0 : quote;
      } else if (sign == '"' || sign == '\'') {
        quote = sign;
      } else if (sign == '(' || sign == ')') {
        depth += sign == '(' ? 1 : -1;
      } else if (sign == ',' && depth == 0) {
        parts.add(text.substring(start, at).strip());
        start = at + 1;
      }
    }
    parts.add(text.substring(start).strip());
    return parts;
  }

  private static List<String> names(String list) {
    return parts(list).stream().map(Clauses::unquoted).toList();
  }

  private static String unquoted(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }
}
