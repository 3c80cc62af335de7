package dev.undercroft.lint;

import dev.undercroft.base.Nearest;
import dev.undercroft.sql.Lexer;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.Span;
import dev.undercroft.sql.Statement;
import dev.undercroft.sql.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments {@code -- undercroft:allow CODE reason} of a file. One holds for the statement that
 * it stands in, or that ends on its line, or else for the next.
 */
final class Allowances {

  private static final Pattern ALLOW =
      Pattern.compile("--\\s*undercroft\\s*:\\s*allow\\b\\s*(\\S*)\\s*(.*?)\\s*", Pattern.DOTALL);

  private final List<Allowance> all = new ArrayList<>();

  /** One comment, and the part of the file it speaks for. */
  private record Allowance(int offset, String code, String reason, Span reach) {}

  static Allowances in(Script script) {
    Allowances found = new Allowances();
    String text = script.source().text();
    int from = 0;
    for (Span rows : script.statements().stream().flatMap(s -> s.copyData().stream()).toList()) {
      found.take(script, new Span(from, rows.start()));
      from = rows.end();
    }
    found.take(script, new Span(from, text.length()));
    return found;
  }

  /** Rows of COPY are no SQL, so what stands before and behind them is read apart. */
  private void take(Script script, Span part) {
    String text = part.in(script.source().text());
    for (Token token : Lexer.tokens(text, script.dialect())) {
      Matcher matcher = ALLOW.matcher(token.in(text));
      if (token.kind().isComment() && matcher.matches()) {
        int offset = part.start() + token.start();
        Span reach = reach(script, offset).orElse(new Span(0, 0));
        all.add(new Allowance(offset, matcher.group(1), matcher.group(2), reach));
      }
    }
  }

  private static Optional<Span> reach(Script script, int comment) {
    String text = script.source().text();
    Statement next = null;
    for (Statement statement : script.statements()) {
      Span span = statement.span();
      boolean isInside = span.start() <= comment && comment < span.end();
      boolean isBehind = span.end() <= comment && text.indexOf('\n', span.end()) >= comment;
      if (isInside || isBehind) {
        return Optional.of(span);
      }
      if (next == null && span.start() > comment) {
        next = statement;
      }
    }
    return Optional.ofNullable(next).map(Statement::span);
  }

  /** What is left of the findings, and what is wrong with the allowances. */
  List<Finding> apply(Sight sight) {
    List<Finding> left = new ArrayList<>(sight.findings());
    Set<Allowance> used = new HashSet<>();
    for (Allowance one : all) {
      boolean hit =
          left.removeIf(finding -> one.reason().length() > 1 && covers(one, finding, sight));
      if (hit) {
        used.add(one);
      }
    }
    sight.findings().clear();
    all.stream()
        .filter(one -> !used.contains(one))
        .forEach(one -> sight.report(Rule.ALLOWANCE, one.offset(), wrong(one)));
    left.addAll(sight.findings());
    return left;
  }

  private static boolean covers(Allowance one, Finding finding, Sight sight) {
    String code = finding.rule().code();
    if (!code.equals(one.code()) || finding.rule() == Rule.SYNTAX) {
      return false;
    }
    int first = sight.source().at(one.reach().start()).line();
    int last = sight.source().at(one.reach().end()).line();
    return first <= finding.place().line() && finding.place().line() <= last;
  }

  private static String wrong(Allowance one) {
    if (Rule.of(one.code()).isEmpty()) {
      List<String> codes = Arrays.stream(Rule.values()).map(Rule::code).toList();
      String near =
          Nearest.to(one.code(), codes).map(code -> "; did you mean " + code + "?").orElse("");
      return one.code().isEmpty()
          ? "the allowance names no rule"
          : "there is no rule '" + one.code() + "'" + near;
    }
    return one.reason().length() > 1
        ? "nothing here needs this allowance of " + one.code()
        : "the allowance of " + one.code() + " gives no reason";
  }
}
