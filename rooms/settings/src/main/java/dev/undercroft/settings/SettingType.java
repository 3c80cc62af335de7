package dev.undercroft.settings;

import dev.undercroft.base.ProblemException;
import java.util.function.Function;

/**
 * How the text of a setting becomes a value. Immutable.
 *
 * @param <T> the class of the value
 * @param name what the value is, for people: {@code whole number from 1 to 65535}
 * @param example a text that is right
 * @param parser gives the value, or throws {@link IllegalArgumentException} with the reason why the
 *     text is wrong; the reason never repeats the text, because it may be a secret
 */
public record SettingType<T>(String name, String example, Function<String, T> parser) {

  /**
   * Reads one text.
   *
   * @throws IllegalArgumentException with the reason
   */
  T parse(String text) {
    try {
      return parser.apply(text);
    } catch (ProblemException problem) {
      throw new IllegalArgumentException(problem.first().message(), problem);
    }
  }
}
