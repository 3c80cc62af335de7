package dev.undercroft.cli;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.List;

/**
 * Problems as people read them on a terminal: what is wrong, where, what to do. Stateless,
 * thread-safe.
 */
final class ProblemText {

  private static final String INDENT = "  ";

  private ProblemText() {}

  /** All of them, a blank line between two. */
  static String of(List<Problem> problems, Style style, int width) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append(text.isEmpty() ? "" : "\n").append(one(problem, style, width));
    }
    if (problems.size() > 1) {
      text.append('\n').append(problems.size()).append(" problems.\n");
    }
    return text.toString();
  }

  /** A thing to know that stopped nothing. */
  static String warning(Problem problem, Style style, int width) {
    return heading(style.warning("warning"), "warning", problem, width)
        + rest(problem, style, width);
  }

  private static String one(Problem problem, Style style, int width) {
    String word = problem.kind() == ProblemKind.NEGATIVE ? "no" : "problem";
    return heading(style.bad(word), word, problem, width) + rest(problem, style, width);
  }

  private static String heading(String painted, String word, Problem problem, int width) {
    return painted + ": " + Lines.hanging(problem.message(), word.length() + 2, width) + "\n";
  }

  private static String rest(Problem problem, Style style, int width) {
    StringBuilder text = new StringBuilder();
    if (!problem.detail().isEmpty()) {
      problem
          .detail()
          .lines()
          .forEach(line -> text.append(INDENT).append(detail(line, style)).append('\n'));
    }
    if (!problem.remedy().isEmpty()) {
      text.append(INDENT)
          .append(style.good("→"))
          .append(' ')
          .append(Lines.hanging(problem.remedy(), INDENT.length() + 2, width))
          .append('\n');
    }
    text.append(INDENT).append(style.faint(problem.code())).append('\n');
    return text.toString();
  }

  /** Marks the caret under the place that is meant. */
  private static String detail(String line, Style style) {
    int bar = line.indexOf("| ");
    String after = bar < 0 ? "" : line.substring(bar + 2);
    return !after.isBlank() && after.strip().chars().allMatch(letter -> letter == '^')
        ? line.substring(0, bar + 2) + style.bad(after)
        : line;
  }
}
