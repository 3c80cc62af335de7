package dev.undercroft.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The passwords that are tried first. Not a list of leaked ones, which would be long and soon old,
 * but what such lists consist of: the favourite words, in any writing, doubled or with digits and
 * signs at their ends; walks over the keyboard; digits alone. Stateless, thread-safe.
 */
final class CommonPasswords {

  private static final List<String> ROWS =
      List.of(
          "1234567890",
          "qwertyuiop",
          "qwertzuiop",
          "azertyuiop",
          "asdfghjkl",
          "zxcvbnm",
          "yxcvbnm",
          "abcdefghijklmnopqrstuvwxyz",
          "1qaz2wsx3edc4rfv5tgb",
          "qazwsxedcrfvtgb",
          "1q2w3e4r5t6y");
  private static final String LEET = "4@31!05$7+8";
  private static final String PLAIN = "aaeiiosstte";
  private static final int LONGEST_DIGITS = 12;

  private CommonPasswords() {}

  /**
   * Whether a password is one of them.
   *
   * @param lower the password in small letters
   */
  static boolean contains(String lower) {
    if (lower.isEmpty()) {
      return false;
    }
    String bare = lower.replaceAll("[^\\p{L}]+$", "").replaceAll("^[^\\p{L}]+", "");
    return isDigits(lower)
        || isWalk(lower)
        || isWord(lower)
        || isWord(bare)
        || isWord(unleet(lower))
        || isWord(unleet(lower.replaceAll("[\\d!.?*#_-]{1,4}$", "")));
  }

  private static boolean isDigits(String text) {
    return text.length() <= LONGEST_DIGITS && text.chars().allMatch(Character::isDigit);
  }

  private static boolean isWord(String text) {
    String half = text.substring(0, text.length() / 2);
    boolean doubled = text.length() % 2 == 0 && text.equals(half + half);
    return Words.ALL.contains(text) || (doubled && Words.ALL.contains(half));
  }

  /** Pieces of keyboard rows or of the alphabet, each at least three keys, one after the other. */
  private static boolean isWalk(String text) {
    int at = 0;
    while (at < text.length()) {
      int length = walkAt(text, at);
      if (length < 3) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private static int walkAt(String text, int at) {
    int longest = 0;
    for (String row : ROWS) {
      for (String line : List.of(row, new StringBuilder(row).reverse().toString())) {
        int length = Math.min(text.length() - at, line.length());
        while (length > longest && !line.contains(text.substring(at, at + length))) {
          length--;
        }
        longest = Math.max(longest, length);
      }
    }
    int same = 1;
    while (at + same < text.length() && text.charAt(at + same) == text.charAt(at)) {
      same++;
    }
    return Math.max(longest, same);
  }

  private static String unleet(String text) {
    StringBuilder plain = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      int sign = LEET.indexOf(text.charAt(i));
      if (sign >= 0) {
        plain.setCharAt(i, PLAIN.charAt(sign));
      }
    }
    return plain.toString();
  }

  /** Read when the first password is judged. */
  private static final class Words {
    static final Set<String> ALL = read();

    private static Set<String> read() {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  Objects.requireNonNull(
                      CommonPasswords.class.getResourceAsStream("common-words.txt")),
                  StandardCharsets.UTF_8))) {
        return new HashSet<>(lines.lines().toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
