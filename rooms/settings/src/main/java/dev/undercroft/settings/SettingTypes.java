package dev.undercroft.settings;

import dev.undercroft.base.ByteSize;
import dev.undercroft.base.Nearest;
import dev.undercroft.base.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that settings have. Stateless, thread-safe. */
final class SettingTypes {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,12})\\s*(ms|s|min|m|h|d)?");

  private static final Map<String, Boolean> TRUTHS =
      Map.of(
          "true", true, "yes", true, "on", true, "1", true, "false", false, "no", false, "off",
          false, "0", false);

  private SettingTypes() {}

  static SettingType<String> text(String example) {
    return new SettingType<>("text", example, SettingTypes::notBlank);
  }

  static SettingType<Secret> secret(int minimumLength) {
    return new SettingType<>(
        "secret of at least " + minimumLength + " characters",
        "",
        text -> {
          if (text.length() < minimumLength) {
            throw new IllegalArgumentException(
                "it has "
                    + text.length()
                    + " characters, but at least "
                    + minimumLength
                    + " are needed");
          }
          return Secret.of(text);
        });
  }

  static SettingType<Boolean> truth() {
    return new SettingType<>(
        "true or false",
        "true",
        text -> {
          Boolean truth = TRUTHS.get(text.toLowerCase(Locale.ROOT));
          if (truth == null) {
            throw new IllegalArgumentException("write true or false");
          }
          return truth;
        });
  }

  static SettingType<Integer> number(int least, int most) {
    return new SettingType<>(
        "whole number from " + least + " to " + most,
        String.valueOf(least),
        text -> {
          if (!text.matches("-?\\d{1,10}")) {
            throw new IllegalArgumentException("it is not a whole number");
          }
          long value = Long.parseLong(text);
          if (value < least || value > most) {
            throw new IllegalArgumentException("it is not between " + least + " and " + most);
          }
          return (int) value;
        });
  }

  /** A length of time; a number without a unit counts in {@code bare}. */
  static SettingType<Duration> duration(ChronoUnit bare) {
    String unit = bare == ChronoUnit.MILLIS ? "milliseconds" : bare.name().toLowerCase(Locale.ROOT);
    return new SettingType<>(
        "length of time: a number of " + unit + ", or with a unit ms, s, min, h, d",
        "30s",
        text -> {
          Matcher matcher = DURATION.matcher(text);
          if (!matcher.matches()) {
            throw new IllegalArgumentException("write a number and a unit: ms, s, min, h or d");
          }
          return Duration.of(
              Long.parseLong(matcher.group(1)),
              matcher.group(2) == null ? bare : unitOf(matcher.group(2)));
        });
  }

  private static ChronoUnit unitOf(String letters) {
    return switch (letters) {
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "min", "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }

  static SettingType<ByteSize> size() {
    return new SettingType<>("size in bytes, kB, MB, GB or TB", "100MB", ByteSize::parse);
  }

  static SettingType<Path> path() {
    return new SettingType<>(
        "path",
        "./folder",
        text -> {
          try {
            return Path.of(notBlank(text));
          } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("it is not a path on this system", invalid);
          }
        });
  }

  static SettingType<URI> address() {
    return new SettingType<>(
        "absolute address",
        "http://localhost:8000",
        text -> {
          try {
            URI uri = new URI(text);
            if (!uri.isAbsolute()) {
              throw new IllegalArgumentException(
                  "it does not begin with a scheme such as https://");
            }
            return uri;
          } catch (URISyntaxException invalid) {
            throw new IllegalArgumentException("it is not an address", invalid);
          }
        });
  }

  /** One of the words of an enum: its constants in lower case, with hyphens. */
  static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      words.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
    }
    return oneOf(words);
  }

  /** One of these words. */
  static <T> SettingType<T> oneOf(Map<String, T> words) {
    List<String> names = List.copyOf(words.keySet());
    return new SettingType<>(
        "one of " + String.join(", ", names),
        names.getFirst(),
        text -> {
          T value = words.get(text);
          if (value == null) {
            throw new IllegalArgumentException(
                Nearest.to(text, names)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("write one of " + String.join(", ", names)));
          }
          return value;
        });
  }

  /** Several values, between commas in a variable, as an array in a file. */
  static <T> SettingType<List<T>> listOf(SettingType<T> element) {
    Function<String, List<T>> parser =
        text -> Arrays.stream(text.split(",", -1)).map(String::strip).map(element::parse).toList();
    return new SettingType<>("list: " + element.name(), element.example(), parser);
  }

  private static String notBlank(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("it is empty");
    }
    return text;
  }
}
