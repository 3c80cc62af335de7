package dev.undercroft.http;

import dev.undercroft.base.Nearest;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Parameter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of path, query and headers into the declared types, and collects everything that
 * is wrong. One thread at a time.
 */
final class ParameterReader {

  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, List<Object>> values = new LinkedHashMap<>();

  /**
   * Reads one declared parameter.
   *
   * @param texts what the request has under its name, in order; empty when nothing
   */
  void read(Parameter parameter, List<String> texts) {
    List<String> given =
        texts.isEmpty() ? parameter.byDefault().map(List::of).orElse(List.of()) : texts;
    if (given.isEmpty() && parameter.required()) {
      refuse(parameter, "is missing");
    }
    List<Object> read = new ArrayList<>();
    for (String text : given) {
      Object value = convert(parameter, text);
      if (value != null && withinBounds(parameter, value)) {
        read.add(value);
      }
    }
    values.put(key(parameter.place(), parameter.name()), List.copyOf(read));
  }

  /** Refuses what stands in the query and was not declared. */
  void refuseUnknown(List<Parameter> declared, Iterable<String> queryNames) {
    List<String> known =
        declared.stream()
            .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
            .map(Parameter::name)
            .toList();
    for (String name : queryNames) {
      if (!known.contains(name)) {
        Optional<String> near = Nearest.to(name, known);
        problems.add(
            Problem.of(
                    "HTTP_PARAMETER_UNKNOWN",
                    ProblemKind.INPUT,
                    "there is no query parameter '" + shortened(name) + "' here")
                .withRemedy(
                    near.map(right -> "The nearest one is '" + right + "'.")
                        .orElse("It is described in /api/openapi.json what the path takes."))
                .with("parameter", shortened(name)));
      }
    }
  }

  /**
   * What was read, by place and name.
   *
   * @throws ProblemException with everything that was wrong
   */
  Map<String, List<Object>> values() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return values;
  }

  /** The key under which a parameter's values stand. */
  static String key(Parameter.Place place, String name) {
    return place + " " + name;
  }

  private @Nullable Object convert(Parameter parameter, String text) {
    Class<?> type = parameter.type();
    try {
      if (type == String.class) {
        return text;
      } else if (type == Integer.class) {
        return Integer.valueOf(text);
      } else if (type == Long.class) {
        return Long.valueOf(text);
      } else if (type == UUID.class) {
        return uuid(text);
      } else if (type == Instant.class) {
        return Instant.parse(text);
      } else if (type == LocalDate.class) {
        return LocalDate.parse(text);
      } else if (type == Boolean.class && (text.equals("true") || text.equals("false"))) {
        return Boolean.valueOf(text);
      }
      return constant(parameter, text);
    } catch (IllegalArgumentException | DateTimeException wrong) {
      refuse(parameter, "is not " + words(type));
      return null;
    }
  }

  /** {@link UUID#fromString} also takes shortened forms; a row's id has one form. */
  private static UUID uuid(String text) {
    UUID value = UUID.fromString(text);
    if (!value.toString().equalsIgnoreCase(text)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Object constant(Parameter parameter, String text) {
    Object[] constants = parameter.type().getEnumConstants();
    if (constants == null) {
      throw new IllegalArgumentException(text);
    }
    return Arrays.stream(constants)
        .filter(constant -> constant.toString().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  private boolean withinBounds(Parameter parameter, Object value) {
    long size =
        switch (value) {
          case Number number -> number.longValue();
          case String text -> text.length();
          default -> 0;
        };
    boolean tooSmall = parameter.least().filter(least -> size < least).isPresent();
    boolean tooLarge = parameter.most().filter(most -> size > most).isPresent();
    if (tooSmall || tooLarge) {
      String unit = value instanceof String ? " characters" : "";
      refuse(
          parameter,
          "must be between %s and %s%s"
              .formatted(
                  parameter.least().map(String::valueOf).orElse("any"),
                  parameter.most().map(String::valueOf).orElse("any"),
                  unit));
    }
    return !tooSmall && !tooLarge;
  }

  private void refuse(Parameter parameter, String what) {
    problems.add(
        Problem.of(
                "HTTP_PARAMETER_INVALID",
                ProblemKind.INPUT,
                parameter.place().name().toLowerCase(java.util.Locale.ROOT)
                    + " parameter '"
                    + parameter.name()
                    + "' "
                    + what)
            .withRemedy("It means: " + parameter.description() + ".")
            .with("parameter", parameter.name()));
  }

  private static String words(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    return switch (type.getSimpleName()) {
      case "Integer", "Long" -> "a whole number";
      case "Boolean" -> "true or false";
      case "UUID" -> "a UUID";
      case "Instant" -> "a time like 2026-01-31T12:00:00Z";
      case "LocalDate" -> "a date like 2026-01-31";
      default -> "a text";
    };
  }

  private static String shortened(String text) {
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
