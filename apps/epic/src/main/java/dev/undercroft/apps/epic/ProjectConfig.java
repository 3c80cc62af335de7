package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How a video is to be made: known keys have known values, further keys are kept. Pure. */
final class ProjectConfig {

  private static final int LARGEST = 65_536;

  /** What a new project begins with. */
  static final Map<String, Object> USUAL =
      Map.of(
          "aspect_ratio",
          "9:16",
          "template",
          Map.of(
              "name",
              "classic",
              "transitions",
              "fade",
              "transition_duration",
              500,
              "background_music",
              true,
              "bgm_volume",
              -18),
          "voice",
          Map.of("type", "natural", "speed", 1.0, "language", "zh-TW", "accent", "taiwan"),
          "generation",
          Map.of(
              "images_per_scene", 1,
              "image_quality", "standard",
              "retry_attempts", 3,
              "timeout_seconds", 300,
              "smart_crop", true),
          "safety",
          Map.of(
              "content_policy", "standard",
              "blocked_words", List.of(),
              "error_strategy", "skip",
              "adult_content", "block",
              "violence_filter", true));

  /** A known key and what it may be, by section. */
  private static final Map<String, Map<String, Rule>> RULES =
      Map.of(
          "template",
          Map.of(
              "name", Rule.oneOf("classic", "dark", "vivid"),
              "transitions", Rule.oneOf("none", "fade", "zoom"),
              "transition_duration", Rule.number(0, 10_000),
              "background_music", Rule.TRUTH,
              "bgm_volume", Rule.number(-70, 0)),
          "voice",
          Map.of(
              "type", Rule.oneOf("male", "female", "natural"),
              "speed", Rule.number(0.9, 1.1),
              "language", Rule.oneOf("zh-TW", "en"),
              "accent", Rule.oneOf("taiwan", "mainland", "hongkong")),
          "generation",
          Map.of(
              "images_per_scene", Rule.number(1, 3),
              "image_quality", Rule.oneOf("standard", "high"),
              "retry_attempts", Rule.number(0, 10),
              "timeout_seconds", Rule.number(1, 3600),
              "smart_crop", Rule.TRUTH),
          "safety",
          Map.of(
              "content_policy", Rule.oneOf("strict", "standard"),
              "blocked_words", Rule.TEXTS,
              "error_strategy", Rule.oneOf("skip", "mask", "fail"),
              "adult_content", Rule.oneOf("block", "warn", "allow"),
              "violence_filter", Rule.TRUTH));

  private record Rule(String words, Predicate<Object> accepts) {
    static final Rule TRUTH = new Rule("true or false", Boolean.class::isInstance);
    static final Rule TEXTS =
        new Rule(
            "a list of texts",
            value ->
                value instanceof List<?> list && list.stream().allMatch(String.class::isInstance));

    static Rule oneOf(String... values) {
      Set<String> allowed = Set.of(values);
      return new Rule(
          "one of " + String.join(", ", values),
          value -> value instanceof String text && allowed.contains(text));
    }

    static Rule number(double least, double most) {
      return new Rule(
          "a number from " + least + " to " + most,
          value ->
              value instanceof Number number
                  && number.doubleValue() >= least
                  && number.doubleValue() <= most);
    }
  }

  private ProjectConfig() {}

  /** The old configuration with each section of the new one laid over its own. */
  static Map<String, Object> merged(Map<String, Object> old, Map<String, Object> change) {
    Map<String, Object> merged = new LinkedHashMap<>(old);
    change.forEach((key, value) -> {
      if (merged.get(key) instanceof Map<?, ?> before && value instanceof Map<?, ?> after) {
        Map<Object, Object> section = new LinkedHashMap<>(before);
        section.putAll(after);
        merged.put(key, section);
      } else {
        merged.put(key, value);
      }
    });
    return merged;
  }

  /**
   * Checks a configuration, or a part of one.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void demand(Map<String, Object> config) {
    List<Problem> problems = new ArrayList<>();
    if (config.containsKey("aspect_ratio")) {
      check(
          problems, "/aspect_ratio", Rule.oneOf("9:16", "16:9", "1:1"), config.get("aspect_ratio"));
    }
    RULES.forEach((section, rules) -> {
      if (config.get(section) instanceof Map<?, ?> values) {
        rules.forEach((key, rule) -> {
          if (values.containsKey(key)) {
            check(problems, "/" + section + "/" + key, rule, values.get(key));
          }
        });
      } else if (config.containsKey(section)) {
        problems.add(wrong("/" + section, "this is an object"));
      }
    });
    if (config.toString().length() > LARGEST) {
      problems.add(wrong("", "the configuration is longer than " + LARGEST + " characters"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static void check(
      List<Problem> problems,
      String place,
      Rule rule,
      @org.jspecify.annotations.Nullable Object value) {
    if (value == null || !rule.accepts().test(value)) {
      problems.add(wrong(place, "this is " + rule.words()));
    }
  }

  private static Problem wrong(String place, String message) {
    return Problem.of("EPIC_CONFIG", ProblemKind.INPUT, message)
        .withRemedy("Correct it and send it again.")
        .with("pointer", "/config" + place);
  }
}
