package dev.undercroft.migrate;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sql.Excerpt;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.Span;
import dev.undercroft.sql.SqlSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file asks for in comments before its first statement: {@code -- undercroft:WORD VALUE}.
 * Immutable.
 *
 * @param noTransaction {@code no-transaction}: run it statement by statement, each journalled
 * @param lockTimeout {@code lock-timeout 5s}
 * @param statementTimeout {@code statement-timeout 10min}
 * @param foreignKeysOff {@code foreign-keys off}: check foreign keys only at the end
 */
record Directives(
    boolean noTransaction,
    Optional<Duration> lockTimeout,
    Optional<Duration> statementTimeout,
    boolean foreignKeysOff) {

  static final Directives NONE = new Directives(false, Optional.empty(), Optional.empty(), false);

  private static final Pattern DIRECTIVE =
      Pattern.compile("--\\s*undercroft\\s*:\\s*(\\S*)\\s*(.*?)\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|min|h)");

  /** Speaks to lint, and may stand at any statement. */
  private static final String OF_LINT = "allow";

  private static final List<String> WORDS =
      List.of(
          "no-transaction",
          "lock-timeout",
          "statement-timeout",
          "foreign-keys",
          OF_LINT,
          Replacement.WORD);

  /** Reads the directives of a script and adds what is wrong with them to {@code problems}. */
  static Directives read(Script script, List<Problem> problems) {
    Reader reader = new Reader(script.source(), problems);
    for (int i = 0; i < script.statements().size(); i++) {
      for (Span comment : script.statements().get(i).comments()) {
        reader.comment(comment, i == 0);
      }
    }
    return reader.found;
  }

  private static final class Reader {
    private final SqlSource source;
    private final List<Problem> problems;
    private final List<String> seen = new ArrayList<>();
    private Directives found = NONE;

    Reader(SqlSource source, List<Problem> problems) {
      this.source = source;
      this.problems = problems;
    }

    void comment(Span comment, boolean head) {
      Matcher matcher = DIRECTIVE.matcher(comment.in(source.text()));
      if (!matcher.matches()) {
        return;
      }
      String word = matcher.group(1);
      if (word.equals(OF_LINT)) {
        return;
      }
      if (word.equals(Replacement.WORD) && head && !matcher.group(2).isEmpty()) {
        return;
      }
      if (!head) {
        wrong(comment, "stands behind a statement", "Put it before the first statement.");
      } else if (seen.contains(word)) {
        wrong(comment, "stands there twice", "Delete one of them.");
      } else {
        seen.add(word);
        take(comment, word, matcher.group(2));
      }
    }

    private void take(Span comment, String word, String value) {
      switch (word) {
        case "no-transaction" -> takeNoTransaction(comment, value);
        case "lock-timeout" ->
            duration(comment, value).ifPresent(time -> found = found.withLockTimeout(time));
        case "statement-timeout" ->
            duration(comment, value).ifPresent(time -> found = found.withStatementTimeout(time));
        case "foreign-keys" -> takeForeignKeys(comment, value);
        case Replacement.WORD ->
            wrong(comment, "names no migration", "Write the names of those it stands for.");
        default -> {
          String near = Nearest.to(word, WORDS).map(w -> "Did you mean '" + w + "'? ").orElse("");
          wrong(
              comment, "is unknown", near + "Known directives: " + String.join(", ", WORDS) + ".");
        }
      }
    }

    private void takeNoTransaction(Span comment, String value) {
      if (!value.isEmpty()) {
        wrong(comment, "takes no value", "Write -- undercroft:no-transaction alone.");
      }
      found = new Directives(true, found.lockTimeout, found.statementTimeout, found.foreignKeysOff);
    }

    private void takeForeignKeys(Span comment, String value) {
      if (!value.equals("off")) {
        wrong(comment, "knows only the value off", "Write -- undercroft:foreign-keys off.");
      }
      found = new Directives(found.noTransaction, found.lockTimeout, found.statementTimeout, true);
    }

    private Optional<Duration> duration(Span comment, String value) {
      Matcher matcher = DURATION.matcher(value);
      if (!matcher.matches()) {
        wrong(
            comment,
            "needs a time and not '" + value + "'",
            "Write a whole number with ms, s, min or h, for example 5s; 0s means no limit.");
        return Optional.empty();
      }
      long number = Long.parseLong(matcher.group(1));
      return Optional.of(
          switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
          });
    }

    private void wrong(Span comment, String what, String remedy) {
      String text = comment.in(source.text()).strip();
      problems.add(
          Problem.of(
                  "MIGRATE_DIRECTIVE",
                  ProblemKind.INPUT,
                  "%s:%d: the directive '%s' %s"
                      .formatted(source.name(), source.at(comment.start()).line(), text, what))
              .withDetail(Excerpt.of(source, comment.start()))
              .withRemedy(remedy));
    }
  }

  private Directives withLockTimeout(Duration time) {
    return new Directives(noTransaction, Optional.of(time), statementTimeout, foreignKeysOff);
  }

  private Directives withStatementTimeout(Duration time) {
    return new Directives(noTransaction, lockTimeout, Optional.of(time), foreignKeysOff);
  }
}
