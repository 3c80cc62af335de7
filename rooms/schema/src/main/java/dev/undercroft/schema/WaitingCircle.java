package dev.undercroft.schema;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Statements of which each needs what another of them makes, so that none can be the first. */
final class WaitingCircle {

  private static final Pattern MISSING =
      Pattern.compile(
          "(?:relation|type|function|column|view) \"?([^\"(]+?)\"?(?:\\(.*\\))? does not exist");
  private static final Pattern MADE =
      Pattern.compile(
          "(?is)^\\s*create\\s+(?:or\\s+replace\\s+)?(?:(?:unlogged|temp|temporary|recursive"
              + "|materialized)\\s+)*(?:table|view|function|procedure|type|domain)\\s+"
              + "(?:if\\s+not\\s+exists\\s+)?((?:\"[^\"]+\"|[\\w$.])+)");

  private WaitingCircle() {}

  /**
   * What to say of it; empty if there is none.
   *
   * @param refused statements that could not be carried out
   * @param problems what the server said of each
   */
  static Optional<Problem> in(List<Statement> refused, List<Problem> problems) {
    for (int first = 0; first < refused.size(); first++) {
      List<Integer> way = new ArrayList<>();
      int at = first;
      while (at >= 0 && !way.contains(at)) {
        way.add(at);
        at = maker(missing(problems.get(at)), refused);
      }
      if (at >= 0) {
        return Optional.of(told(way.subList(way.indexOf(at), way.size()), refused));
      }
    }
    return Optional.empty();
  }

  private static Problem told(List<Integer> circle, List<Statement> refused) {
    List<String> names = circle.stream().map(at -> made(refused.get(at))).toList();
    return Problem.of(
            "SCHEMA_CIRCLE",
            ProblemKind.INPUT,
            names.size() == 1
                ? names.getFirst() + " needs itself"
                : String.join(", ", names) + " need one another, so none of them can be the first")
        .withDetail(
            String.join("\n", circle.stream().map(at -> refused.get(at).toString()).toList()))
        .withRemedy(
            "Take one need out and add it afterwards: ALTER TABLE … ADD CONSTRAINT, or a view that"
                + " is made simple and then replaced.");
  }

  private static String missing(Problem problem) {
    Matcher missing = MISSING.matcher(problem.message());
    return missing.find() ? bare(missing.group(1)) : "";
  }

  private static int maker(String name, List<Statement> refused) {
    for (int at = 0; at < refused.size(); at++) {
      if (!name.isEmpty() && name.equals(made(refused.get(at)))) {
        return at;
      }
    }
    return -1;
  }

  private static String made(Statement statement) {
    Matcher made = MADE.matcher(statement.text());
    return made.find() ? bare(made.group(1)) : "";
  }

  /** The last part of a name, without quotes. */
  private static String bare(String name) {
    return name.substring(name.lastIndexOf('.') + 1).replace("\"", "");
  }
}
