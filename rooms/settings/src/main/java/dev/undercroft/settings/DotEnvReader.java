package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code .env} file the way users of dotenv, dotenv-expand and Compose write it: comments,
 * {@code export}, values without quotes, in single quotes (kept as they are), in double quotes
 * (with escapes) or in backticks, over several lines when quoted, with {@code $NAME}, {@code
 * ${NAME}} and {@code ${NAME:-else}}. Where those tools read the same text differently, it is
 * refused. One reader reads one file; not thread-safe.
 */
final class DotEnvReader {

  /** Without quotes a backslash means itself, except before a dollar sign. */
  private static final Pattern LONE_BACKSLASH = Pattern.compile("\\\\(?!\\$)");

  private final String file;
  private final String text;
  private final Map<String, String> stronger;
  private final Map<String, Candidate> weaker;
  private final Map<String, DotEnv.Entry> values = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private int at;
  private int line = 1;

  private DotEnvReader(
      String file, String text, Map<String, String> stronger, Map<String, Candidate> weaker) {
    this.file = file;
    this.text = text;
    this.stronger = stronger;
    this.weaker = weaker;
  }

  /**
   * Reads a whole file.
   *
   * @param file how problems name it
   * @param stronger values that a reference finds before those of the file: the process's variables
   * @param weaker values that it finds after them: what weaker files say
   */
  static DotEnv read(
      String file, String text, Map<String, String> stronger, Map<String, Candidate> weaker) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    DotEnvReader reader = new DotEnvReader(file, plain.replace("\r\n", "\n"), stronger, weaker);
    reader.readAll();
    return new DotEnv(reader.values, reader.problems);
  }

  private void readAll() {
    while (at < text.length()) {
      skipBlanks();
      char next = peek();
      if (next == '\n') {
        advance();
      } else if (next == '#') {
        skipLine();
      } else if (at < text.length()) {
        readEntry();
      }
    }
  }

  private void readEntry() {
    int entryLine = line;
    int start = at;
    try {
      String key = readKey();
      Piece piece = readValue();
      if (values.containsKey(key)) {
        DotEnv.Entry first = Objects.requireNonNull(values.get(key));
        throw broken(
            key + " is set twice: in line " + first.line() + " and in line " + entryLine,
            "Keep one of the two lines.");
      }
      values.put(key, new DotEnv.Entry(piece.expand(this), entryLine));
    } catch (Broken broken) {
      problems.add(broken.problem(file, entryLine, column(start)));
      if (at == start || (at < text.length() && text.charAt(at - 1) != '\n')) {
        skipLine();
      }
    }
  }

  private String readKey() {
    String name = word();
    if (name.equals("export") && isBlank(peek())) {
      skipBlanks();
      name = word();
    }
    if (name.isEmpty()) {
      throw broken(
          "a line begins with '" + peek() + "' where a name was expected",
          "Write NAME=value, or put # before a comment.");
    }
    skipBlanks();
    if (peek() != '=') {
      throw broken("'" + name + "' is not followed by =", "Write " + name + "=value.");
    }
    advance();
    skipBlanks();
    return name;
  }

  private Piece readValue() {
    char quote = peek();
    if (quote != '"' && quote != '\'' && quote != '`') {
      return new Piece(unquoted(), true);
    }
    advance();
    Piece piece = quoted(quote);
    skipBlanks();
    if (at < text.length() && peek() != '\n' && peek() != '#') {
      throw broken(
          "something follows the closing quote", "Put the whole value between one pair of quotes.");
    }
    skipLine();
    return piece;
  }

  private Piece quoted(char quote) {
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char next = peek();
      advance();
      if (next == quote) {
        return new Piece(value.toString(), quote == '"');
      }
      if (next == '\\' && quote == '"') {
        value.append(escape());
      } else {
        value.append(next);
      }
    }
    throw broken(
        "the value is opened by " + quote + " and never closed", "Add the closing " + quote + ".");
  }

  private String escape() {
    char next = peek();
    if (at < text.length()) {
      advance();
    }
    return switch (next) {
      case 'n' -> "\n";
      case 'r' -> "\r";
      case 't' -> "\t";
      case '"' -> "\"";
      case '\\' -> "\\\\";
      case '$' -> "\\$";
      default ->
          throw broken(
              "\\" + next + " means nothing between double quotes",
              "Write \\\\ for a backslash, or use single quotes.");
    };
  }

  private String unquoted() {
    int start = at;
    int end = -1;
    while (at < text.length() && peek() != '\n') {
      if (peek() == '#' && at > start) {
        if (!isBlank(text.charAt(at - 1))) {
          throw broken(
              "# stands inside a value without quotes, which some readers cut off there",
              "Put the value between single quotes.");
        }
        end = at;
        break;
      }
      if (peek() == '#') {
        end = at;
        break;
      }
      advance();
    }
    String value = text.substring(start, end < 0 ? at : end).strip();
    skipLine();
    return LONE_BACKSLASH.matcher(value).replaceAll("\\\\\\\\");
  }

  private String word() {
    int start = at;
    while (at < text.length() && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
      at++;
    }
    return text.substring(start, at);
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\n';
  }

  private void advance() {
    if (at < text.length() && text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && isBlank(peek())) {
      at++;
    }
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n') {
      at++;
    }
    if (at < text.length()) {
      advance();
    }
  }

  private static boolean isBlank(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r';
  }

  private int column(int position) {
    return position - text.lastIndexOf('\n', position - 1);
  }

  private static Broken broken(String message, String remedy) {
    return new Broken(message, remedy);
  }

  /** What the name stands for, or null. */
  @Nullable String valueOf(String name) {
    String outside = stronger.get(name);
    if (outside != null) {
      return outside;
    }
    DotEnv.Entry entry = values.get(name);
    if (entry != null) {
      return entry.text();
    }
    Candidate candidate = weaker.get(name);
    return candidate == null ? null : candidate.text();
  }

  /** A value before its references are replaced. */
  private record Piece(String raw, boolean hasReferences) {
    String expand(DotEnvReader reader) {
      return hasReferences ? References.expand(raw, reader::valueOf) : raw;
    }
  }

  /** Stops reading one entry. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String remedy;

    Broken(String message, String remedy) {
      super(message, null, false, false);
      this.remedy = remedy;
    }

    Problem problem(String file, int line, int column) {
      return Problem.of(
              "SETTINGS_DOTENV_SYNTAX",
              ProblemKind.INPUT,
              file + " line " + line + ": " + getMessage())
          .withDetail(file + ":" + line + ":" + column)
          .withRemedy(remedy)
          .with("file", file)
          .with("line", line);
    }
  }
}
