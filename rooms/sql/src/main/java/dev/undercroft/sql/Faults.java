package dev.undercroft.sql;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with one text, each with its place. */
final class Faults {

  /** Written by pg_dump since its security release of August 2025; they only guard psql. */
  private static final Set<String> PSQL_GUARDS = Set.of("\\restrict", "\\unrestrict");

  private final SqlSource source;
  private final List<Problem> problems = new ArrayList<>();

  Faults(SqlSource source) {
    this.source = source;
  }

  List<Problem> problems() {
    return problems;
  }

  void notClosed(Token token) {
    String what =
        switch (token.kind()) {
          case STRING -> "this string";
          case QUOTED_NAME -> "this quoted name";
          case DOLLAR_STRING -> "this dollar-quoted string";
          case BLOCK_COMMENT -> "this comment";
          default -> "this";
        };
    add(
        "SQL_NOT_CLOSED",
        token.start(),
        what + " is opened and never closed",
        "Close it, or restore the file if its end was cut off.");
  }

  void metaCommand(Span span) {
    String line = span.in(source.text()).strip();
    String name = line.split("\\s", 2)[0];
    String remedy =
        PSQL_GUARDS.contains(name)
            ? "Delete this line; pg_dump writes it for psql alone."
            : "Write SQL instead, or delete the line: only the server reads this file.";
    add(
        "SQL_META_COMMAND",
        span.start(),
        "'" + name + "' is a command of an SQL shell, not SQL",
        remedy);
  }

  void afterCopy(Span rest) {
    String text = rest.in(source.text());
    add(
        "SQL_COPY_LINE",
        rest.start() + text.length() - text.stripLeading().length(),
        "the rows of COPY begin on the next line, but something follows its semicolon",
        "Put it on a line of its own behind the line with \\. that ends the rows.");
  }

  void copyNotEnded(Token start) {
    add(
        "SQL_COPY_NOT_ENDED",
        start.start(),
        "the rows of this COPY … FROM stdin do not end",
        "End them with a line that is only \\. , or restore the file if its end was cut off.");
  }

  void openAtEnd(@Nullable Token parenthesis, @Nullable Token body) {
    if (parenthesis != null) {
      add(
          "SQL_NOT_CLOSED",
          parenthesis.start(),
          "this parenthesis is opened and never closed",
          "Close it, or restore the file if its end was cut off.");
    } else if (body != null) {
      add(
          "SQL_NOT_CLOSED",
          body.start(),
          "this body is opened and never closed",
          "Close it with END; or restore the file if its end was cut off.");
    }
  }

  private void add(String code, int offset, String message, String remedy) {
    Position at = source.at(offset);
    problems.add(
        Problem.of(code, ProblemKind.INPUT, source.name() + ":" + at.line() + ": " + message)
            .withDetail(Excerpt.of(source, offset))
            .withRemedy(remedy)
            .with("file", source.name())
            .with("line", at.line())
            .with("column", at.column()));
  }
}
