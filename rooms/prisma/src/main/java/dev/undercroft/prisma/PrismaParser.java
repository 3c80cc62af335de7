package dev.undercroft.prisma;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.prisma.Ast.Arity;
import dev.undercroft.prisma.Ast.Attribute;
import dev.undercroft.prisma.Ast.Block;
import dev.undercroft.prisma.Ast.Field;
import dev.undercroft.prisma.Ast.Place;
import dev.undercroft.prisma.Value.Argument;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Position;
import dev.undercroft.sql.SqlSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes one schema file apart. What it cannot read it reports, and goes on with the next line. */
final class PrismaParser {

  private static final Set<String> BLOCKS =
      Set.of("model", "enum", "view", "type", "datasource", "generator");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>[ \\t\\r\\f\\x0B\\uFEFF]+|//[^\\n]*|/\\*(?s:.*?)\\*/)|(?<newline>\\n)|(?<word>[\\p{L}_][\\p{L}\\p{N}_-]*)"
              + "|(?<number>-?\\d+(?:\\.\\d+)?)|(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\")"
              + "|(?<sign>@@|[@{}()\\[\\]:,=.?])");

  private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)");

  private record Token(String kind, String text, int offset) {}

  /** The line cannot be read; the problem is noted. */
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;
  }

  private final SqlSource source;
  private final int file;
  private final List<Problem> problems;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  PrismaParser(SqlSource source, int file, List<Problem> problems) {
    this.source = source;
    this.file = file;
    this.problems = problems;
    Matcher matcher = TOKEN.matcher(source.text());
    int end = 0;
    while (end < source.text().length()) {
      if (!matcher.find(end) || matcher.start() != end) {
        note(end, "This character has no meaning here.");
        end++;
        continue;
      }
      end = matcher.end();
      for (String kind : List.of("newline", "word", "number", "text", "sign")) {
        if (matcher.group(kind) != null) {
          tokens.add(new Token(kind, matcher.group(), matcher.start()));
        }
      }
    }
    tokens.add(new Token("end", "", source.text().length()));
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    while (!is("end")) {
      if (is("newline")) {
        at++;
        continue;
      }
      int start = at;
      try {
        blocks.add(block());
      } catch (Unreadable told) {
        at = start;
        skipBlock();
      }
    }
    return blocks;
  }

  private Block block() throws Unreadable {
    Token word = take("word", "a block such as `model`");
    if (!BLOCKS.contains(word.text)) {
      throw unreadable(
          word.offset,
          "This line is invalid. It does not start with any known Prisma schema keyword.");
    }
    Token name = take("word", "a name");
    sign("{");
    List<Field> fields = new ArrayList<>();
    List<Attribute> attributes = new ArrayList<>();
    while (!isSign("}") && !is("end")) {
      if (is("newline")) {
        at++;
        continue;
      }
      int start = at;
      try {
        if (isSign("@@")) {
          attributes.add(attribute());
        } else {
          fields.add(field(word.text));
        }
        lineEnd(word.text);
      } catch (Unreadable told) {
        at = start;
        skipLine();
      }
    }
    sign("}");
    return new Block(word.text, name.text, fields, attributes, new Place(file, word.offset));
  }

  private Field field(String block) throws Unreadable {
    if (block.equals("enum") && is("number")) {
      throw unreadable(
          tokens.get(at).offset, "The name of a Enum Value must not start with a number.");
    }
    Token name = take("word", "a field");
    Place place = new Place(file, name.offset);
    if (isSign("=")) {
      at++;
      Value value = value();
      return new Field(
          name.text, "", Arity.REQUIRED, Optional.empty(), Optional.of(value), List.of(), place);
    }
    String type = "";
    Optional<String> unsupported = Optional.empty();
    Arity arity = Arity.REQUIRED;
    if (!block.equals("enum")) {
      if (!is("word")) {
        throw unreadable(name.offset, declaration(block));
      }
      type = take("word", "a type").text;
      if (isSign("(")) {
        at++;
        unsupported = Optional.of(text(take("text", "a type in quotes")));
        sign(")");
      }
      arity = arity(name);
    }
    List<Attribute> attributes = new ArrayList<>();
    while (isSign("@")) {
      attributes.add(attribute());
    }
    return new Field(name.text, type, arity, unsupported, Optional.empty(), attributes, place);
  }

  private Arity arity(Token name) throws Unreadable {
    if (isSign("?")) {
      at++;
      return Arity.OPTIONAL;
    }
    if (!isSign("[")) {
      return Arity.REQUIRED;
    }
    at++;
    sign("]");
    if (isSign("?")) {
      note(name.offset, "Optional lists are not supported. Use either `Type[]` or `Type?`.");
      at++;
    }
    return Arity.LIST;
  }

  private static String declaration(String block) {
    return block.equals("datasource") || block.equals("generator")
        ? "This line is not a valid definition within a " + block + "."
        : "This field declaration is invalid. It is either missing a name or a type.";
  }

  private Attribute attribute() throws Unreadable {
    int start = tokens.get(at).offset;
    at++;
    StringBuilder name = new StringBuilder(take("word", "the name of an attribute").text);
    while (isSign(".")) {
      at++;
      name.append('.').append(take("word", "a native type").text);
    }
    List<Argument> arguments = isSign("(") ? arguments() : List.of();
    return new Attribute(name.toString(), arguments, new Place(file, start));
  }

  private List<Argument> arguments() throws Unreadable {
    sign("(");
    return entries(")");
  }

  private List<Argument> entries(String end) throws Unreadable {
    List<Argument> arguments = new ArrayList<>();
    newlines();
    while (!isSign(end)) {
      Optional<String> name = Optional.empty();
      if (is("word") && tokens.get(at + 1).text.equals(":")) {
        name = Optional.of(tokens.get(at).text);
        at += 2;
        newlines();
      }
      arguments.add(new Argument(name, value()));
      separator(end);
    }
    at++;
    return arguments;
  }

  private void separator(String end) throws Unreadable {
    newlines();
    if (isSign(",")) {
      at++;
      newlines();
    } else if (!isSign(end)) {
      throw unreadable(tokens.get(at).offset, "Expected a comma or `" + end + "`.");
    }
  }

  private Value value() throws Unreadable {
    Token token = tokens.get(at);
    at++;
    return switch (token.kind) {
      case "text" -> new Value.Text(text(token));
      case "number" -> new Value.Numeral(token.text);
      case "word" -> word(token);
      case "sign" -> {
        if (token.text.equals("{")) {
          yield new Value.Entries(entries("}"));
        }
        if (!token.text.equals("[")) {
          throw unreadable(token.offset, "Expected a value.");
        }
        List<Value> values = new ArrayList<>();
        newlines();
        while (!isSign("]")) {
          values.add(value());
          separator("]");
        }
        at++;
        yield new Value.Items(values);
      }
      default -> throw unreadable(token.offset, "Expected a value.");
    };
  }

  private Value word(Token token) throws Unreadable {
    StringBuilder name = new StringBuilder(token.text);
    while (isSign(".")) {
      at++;
      name.append('.').append(take("word", "a name").text);
    }
    return isSign("(")
        ? new Value.Call(name.toString(), arguments())
        : new Value.Word(name.toString());
  }

  private String text(Token token) throws Unreadable {
    StringBuilder text = new StringBuilder();
    Matcher escape = ESCAPE.matcher(token.text.substring(1, token.text.length() - 1));
    while (escape.find()) {
      char sign = escape.group(1).charAt(0);
      int known = "nrtbf\"\\/".indexOf(sign);
      if (known < 0 && escape.group(2) == null) {
        throw unreadable(
            token.offset + 1 + escape.start(),
            "Unknown escape sequence. If the value is a windows-style path, `\\` must be escaped as `\\\\`.");
      }
      escape.appendReplacement(text, "");
      text.append(
          known < 0
              ? (char) Integer.parseInt(escape.group(2), 16)
              : "\n\r\t\b\f\"\\/".charAt(known));
    }
    return escape.appendTail(text).toString();
  }

  private void lineEnd(String block) throws Unreadable {
    if (!is("newline") && !isSign("}") && !is("end")) {
      throw unreadable(
          tokens.get(at).offset,
          block.equals("enum")
              ? "This line is not an enum value definition."
              : "This line is not a valid field or attribute definition.");
    }
  }

  private void newlines() {
    while (is("newline")) {
      at++;
    }
  }

  private void skipLine() {
    while (!is("newline") && !is("end")) {
      at++;
    }
  }

  /** To the end of the line, and if a block begins on it, to the end of the block. */
  private void skipBlock() {
    int start = at;
    skipLine();
    boolean opens = tokens.subList(start, at).stream().anyMatch(token -> token.text.equals("{"));
    while (opens && !is("end") && !isSign("}")) {
      at++;
    }
    at += opens && isSign("}") ? 1 : 0;
  }

  private boolean is(String kind) {
    return tokens.get(at).kind.equals(kind);
  }

  private boolean isSign(String text) {
    return is("sign") && tokens.get(at).text.equals(text);
  }

  private Token take(String kind, String what) throws Unreadable {
    Token token = tokens.get(at);
    if (!token.kind.equals(kind)) {
      throw unreadable(token.offset, "Expected " + what + ".");
    }
    at++;
    return token;
  }

  private void sign(String text) throws Unreadable {
    if (!isSign(text)) {
      throw unreadable(tokens.get(at).offset, "Expected `" + text + "`.");
    }
    at++;
  }

  private Unreadable unreadable(int offset, String message) {
    note(offset, message);
    return new Unreadable();
  }

  private void note(int offset, String message) {
    String prefix =
        message.startsWith("Unknown") || message.startsWith("Optional") ? "" : "Error validating: ";
    problems.add(problem(source, offset, prefix + message));
  }

  /** A problem with the place and a picture of it. */
  static Problem problem(SqlSource source, int offset, String message) {
    Position position = source.at(offset);
    return Problem.of(
            "PRISMA_INVALID",
            ProblemKind.INPUT,
            "%s:%d:%d: %s".formatted(source.name(), position.line(), position.column(), message))
        .withDetail(Excerpt.of(source, offset))
        .withRemedy("Correct the schema; `prisma validate` would refuse it too.");
  }
}
