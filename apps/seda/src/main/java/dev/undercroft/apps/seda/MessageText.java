package dev.undercroft.apps.seda;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What may be said: length, shouting, links, spam, and words that are masked. Pure. */
final class MessageText {

  /** In code points. */
  static final int MOST_CHARACTERS = 2000;

  private static final int SHOUTING_FROM = 10;
  private static final int MOST_CAPITALS_PERCENT = 70;
  private static final int MOST_LINKS = 2;

  private static final Pattern LINK = Pattern.compile("(?i)\\b(?:https?://|www\\.)\\S+");

  private static final List<String> SPAM =
      List.of(
          "buy followers",
          "buy now",
          "click here",
          "free money",
          "get rich quick",
          "limited time offer",
          "make money fast",
          "work from home");

  private static final Pattern MASKED =
      Pattern.compile(
          "\\b(?:asshole|bastard|bitch|cunt|dickhead|fuck(?:er|ing)?|motherfucker|shit|wanker)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private MessageText() {}

  /**
   * The text as it is stored: trimmed, with listed words masked by as many stars.
   *
   * @throws ProblemException naming every rule the text breaks
   */
  static String accept(String raw) {
    String text = raw.strip();
    List<Problem> problems = new ArrayList<>();
    judgeShape(text, problems);
    judgeWords(text, problems);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return MASKED.matcher(text).replaceAll(MessageText::stars);
  }

  private static void judgeShape(String text, List<Problem> problems) {
    if (text.isEmpty()) {
      problems.add(problem("SEDA_MESSAGE_EMPTY", "the message has no text", "Say something."));
    }
    int length = text.codePointCount(0, text.length());
    if (length > MOST_CHARACTERS) {
      problems.add(
          problem(
              "SEDA_MESSAGE_TOO_LONG",
              "the message has " + length + " characters",
              "At most " + MOST_CHARACTERS + " are allowed."));
    }
    if (text.codePoints().anyMatch(MessageText::isUnprintable)) {
      problems.add(
          problem(
              "SEDA_MESSAGE_CONTROL_CHARACTER",
              "the message has a control character",
              "Line breaks and tabs are the only ones allowed."));
    }
    if (length >= SHOUTING_FROM && shouts(text)) {
      problems.add(
          problem(
              "SEDA_MESSAGE_SHOUTS",
              "more than " + MOST_CAPITALS_PERCENT + " % of the letters are capitals",
              "Use small letters."));
    }
  }

  private static void judgeWords(String text, List<Problem> problems) {
    if (LINK.matcher(text).results().count() > MOST_LINKS) {
      problems.add(
          problem(
              "SEDA_MESSAGE_LINKS",
              "the message has more than " + MOST_LINKS + " links",
              "Send them in several messages."));
    }
    String lower = text.toLowerCase(Locale.ROOT);
    SPAM.stream()
        .filter(lower::contains)
        .findFirst()
        .ifPresent(phrase ->
            problems.add(
                problem(
                    "SEDA_MESSAGE_SPAM",
                    "'" + phrase + "' is a phrase of advertisers",
                    "Say it in your own words.")));
  }

  /** PostgreSQL's text cannot hold the null character, and nobody wants to read the others. */
  private static boolean isUnprintable(int character) {
    return Character.getType(character) == Character.CONTROL
        && character != '\n'
        && character != '\r'
        && character != '\t';
  }

  private static boolean shouts(String text) {
    long letters = text.codePoints().filter(Character::isLetter).count();
    long capitals = text.codePoints().filter(Character::isUpperCase).count();
    return capitals * 100 > letters * MOST_CAPITALS_PERCENT;
  }

  private static String stars(MatchResult word) {
    return "*".repeat(word.group().length()).replace("*", "\\*");
  }

  private static Problem problem(String code, String message, String remedy) {
    return Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy).with("pointer", "/text");
  }
}
