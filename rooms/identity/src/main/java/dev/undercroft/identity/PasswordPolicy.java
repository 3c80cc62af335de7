package dev.undercroft.identity;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a new password must be like. Immutable, thread-safe. Characters are code points after NFKC,
 * as they are hashed.
 *
 * @param shortest the fewest characters
 * @param longest the most characters, at most {@link Passwords#LONGEST}
 * @param classes kinds of characters of which each must be there
 * @param refusals further things it must not be
 */
public record PasswordPolicy(
    int shortest, int longest, Set<CharacterClass> classes, Set<Refusal> refusals) {

  /** Kinds of characters. */
  public enum CharacterClass {
    /** A capital letter. */
    UPPER("a capital letter"),
    /** A small letter. */
    LOWER("a small letter"),
    /** A digit. */
    DIGIT("a digit"),
    /** Neither letter nor digit. */
    SPECIAL("a character that is neither letter nor digit");

    private final String words;

    CharacterClass(String words) {
      this.words = words;
    }

    boolean contains(int codePoint) {
      return switch (this) {
        case UPPER -> Character.isUpperCase(codePoint);
        case LOWER -> Character.isLowerCase(codePoint);
        case DIGIT -> Character.isDigit(codePoint);
        case SPECIAL -> !Character.isLetterOrDigit(codePoint);
      };
    }
  }

  /** Things a password must not be. */
  public enum Refusal {
    /** One character again and again. */
    SINGLE_CHARACTER,
    /** Beginning with three neighbours: {@code abc}, {@code 321}. */
    LEADING_SEQUENCE,
    /** One of the passwords that everybody tries first, or a word of the account itself. */
    COMMON
  }

  /** NIST SP 800-63B-4: length alone and a list of common ones, nothing about characters. */
  public static final PasswordPolicy LENGTH_AND_LIST =
      new PasswordPolicy(15, Passwords.LONGEST, Set.of(), Set.of(Refusal.COMMON));

  /** Refuses limits that no password can meet. */
  public PasswordPolicy {
    if (shortest < 1 || longest < shortest || longest > Passwords.LONGEST) {
      throw new IllegalArgumentException("passwords of " + shortest + " to " + longest);
    }
    classes = Set.copyOf(classes);
    refusals = Set.copyOf(refusals);
  }

  /**
   * Everything that is wrong with a password; empty if nothing is.
   *
   * @param context words that are no secret to whoever knows the account: name, mail address
   */
  public List<Problem> problems(Secret password, Collection<String> context) {
    String text = Normalizer.normalize(password.reveal(), Normalizer.Form.NFKC);
    int length = text.codePointCount(0, text.length());
    List<Problem> problems = new ArrayList<>();
    if (length < shortest) {
      problems.add(problem("SHORT", "the password is shorter than " + shortest + " characters"));
    }
    if (length > longest) {
      problems.add(problem("LONG", "the password is longer than " + longest + " characters"));
    }
    for (CharacterClass one : CharacterClass.values()) {
      if (classes.contains(one) && text.codePoints().noneMatch(one::contains)) {
        problems.add(problem(one.name(), "the password has not " + one.words));
      }
    }
    if (refusals.contains(Refusal.SINGLE_CHARACTER)
        && length > 0
        && text.codePoints().distinct().count() == 1) {
      problems.add(problem("SINGLE", "the password repeats a single character"));
    }
    if (refusals.contains(Refusal.LEADING_SEQUENCE) && beginsWithSequence(text)) {
      problems.add(problem("SEQUENCE", "the password begins with a sequence"));
    }
    if (refusals.contains(Refusal.COMMON) && isCommon(text, context)) {
      problems.add(problem("COMMON", "the password is one that is tried first"));
    }
    return problems;
  }

  /**
   * Refuses a password.
   *
   * @throws ProblemException with everything that is wrong
   */
  public void demand(Secret password, Collection<String> context) {
    List<Problem> problems = problems(password, context);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static boolean beginsWithSequence(String text) {
    int[] codes = text.toLowerCase(Locale.ROOT).codePoints().limit(3).toArray();
    if (codes.length < 3 || !Character.isLetterOrDigit(codes[0])) {
      return false;
    }
    int step = codes[1] - codes[0];
    return (step == 1 || step == -1) && codes[2] - codes[1] == step;
  }

  /** The whole password is compared, as NIST says; endings of digits and signs do not hide it. */
  private static boolean isCommon(String text, Collection<String> context) {
    String lower = text.toLowerCase(Locale.ROOT);
    String bare = lower.replaceAll("[^\\p{L}]+$", "").replaceAll("^[^\\p{L}]+", "");
    boolean ofAccount =
        context.stream()
            .flatMap(word -> List.of(word, word.split("@", -1)[0]).stream())
            .map(word -> word.toLowerCase(Locale.ROOT))
            .filter(word -> word.length() >= 4)
            .anyMatch(word -> lower.equals(word) || bare.equals(word));
    return ofAccount || CommonPasswords.contains(lower) || CommonPasswords.contains(bare);
  }

  private static Problem problem(String what, String message) {
    return Problem.of("IDENTITY_PASSWORD_" + what, ProblemKind.INPUT, message)
        .withRemedy("Choose another; several words in a row are strong and easy to remember.");
  }
}
