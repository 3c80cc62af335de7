package dev.undercroft.apps.epic;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shape of users.settings: known keys have known values, further keys are kept. Pure. */
final class UserSettings {

  private static final int LARGEST = 65_536;

  private UserSettings() {}

  /**
   * Checks settings, or a part of them.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void demand(Map<String, Object> settings) {
    List<Problem> problems = new ArrayList<>();
    if (settings.containsKey("timezone") && !isZone(settings.get("timezone"))) {
      problems.add(wrong("/timezone", "this is no time zone"));
    }
    for (String key : List.of("language", "theme")) {
      if (settings.containsKey(key) && !(settings.get(key) instanceof String)) {
        problems.add(wrong("/" + key, key + " is a text"));
      }
    }
    for (String key : List.of("notifications", "privacy")) {
      if (!settings.containsKey(key)) {
        continue;
      }
      boolean truths =
          settings.get(key) instanceof Map<?, ?> section
              && section.values().stream().allMatch(Boolean.class::isInstance);
      if (!truths) {
        problems.add(wrong("/" + key, key + " says true or false of each kind"));
      }
    }
    if (settings.toString().length() > LARGEST) {
      problems.add(wrong("", "the settings are longer than " + LARGEST + " characters"));
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }

  private static boolean isZone(@org.jspecify.annotations.Nullable Object value) {
    try {
      return value instanceof String name && ZoneId.of(name) != null;
    } catch (DateTimeException unknown) {
      return false;
    }
  }

  private static Problem wrong(String place, String message) {
    return Problem.of("EPIC_SETTINGS", ProblemKind.INPUT, message)
        .withRemedy("Correct it and send it again.")
        .with("pointer", "/settings" + place);
  }
}
