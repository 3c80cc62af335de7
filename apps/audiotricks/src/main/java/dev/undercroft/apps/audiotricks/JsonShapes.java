package dev.undercroft.apps.audiotricks;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The shapes of the three JSON columns. Known keys have known types; further keys are kept as they
 * are. Pure.
 */
final class JsonShapes {

  private static final int LARGEST = 65_536;
  private static final int MOST_MOMENTS = 1_000;
  private static final Pattern TIME = Pattern.compile("\\d{2,3}:[0-5]\\d:[0-5]\\d");

  private final List<Problem> problems = new ArrayList<>();

  private JsonShapes() {}

  /**
   * Checks user_settings.settings_json.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void demandSettings(Map<String, Object> settings) {
    JsonShapes shapes = new JsonShapes();
    shapes.text(settings, "/settings", "theme");
    shapes.truth(settings, "/settings", "autoSave");
    Map<?, ?> notifications = shapes.object(settings, "/settings", "notifications");
    shapes.truth(notifications, "/settings/notifications", "email");
    shapes.truth(notifications, "/settings/notifications", "browser");
    Map<?, ?> audio = shapes.object(settings, "/settings", "audioDefaults");
    shapes.text(audio, "/settings/audioDefaults", "format");
    shapes.text(audio, "/settings/audioDefaults", "quality");
    shapes.size(settings, "/settings");
    shapes.refuse();
  }

  /**
   * Checks audio_history.key_moments and processing_options.
   *
   * @throws ProblemException with everything that is wrong
   */
  static void demandEntry(List<Map<String, Object>> moments, Map<String, Object> options) {
    JsonShapes shapes = new JsonShapes();
    shapes.moments(moments);
    for (String key : List.of("language", "model", "summaryStyle")) {
      shapes.text(options, "/processingOptions", key);
    }
    shapes.truth(options, "/processingOptions", "includeTimestamps");
    shapes.truth(options, "/processingOptions", "speakerDiarization");
    shapes.size(options, "/processingOptions");
    shapes.refuse();
  }

  private void moments(List<Map<String, Object>> moments) {
    if (moments.size() > MOST_MOMENTS) {
      wrong("/keyMoments", "there are more than " + MOST_MOMENTS + " key moments");
    }
    String before = "";
    for (int i = 0; i < moments.size(); i++) {
      Map<String, Object> moment = moments.get(i);
      String place = "/keyMoments/" + i;
      String time = moment.get("timestamp") instanceof String text ? text : "";
      if (!TIME.matcher(time).matches()) {
        wrong(place + "/timestamp", "a time is written hh:mm:ss");
      } else if (inOrder(time).compareTo(before) < 0) {
        wrong(place + "/timestamp", "key moments stand in the order of time");
      } else {
        before = inOrder(time);
      }
      if (!(moment.get("description") instanceof String)) {
        wrong(place + "/description", "a key moment has a description");
      }
      @Nullable Object confidence = moment.get("confidence");
      boolean probable =
          confidence instanceof Number number
              && number.doubleValue() >= 0
              && number.doubleValue() <= 1;
      if (confidence != null && !probable) {
        wrong(place + "/confidence", "a confidence is a number from 0 to 1");
      }
    }
  }

  /** Hours of two digits before hours of three. */
  private static String inOrder(String time) {
    return time.length() == 8 ? "0" + time : time;
  }

  private Map<?, ?> object(Map<?, ?> parent, String place, String key) {
    Object value = parent.get(key);
    if (value == null || value instanceof Map<?, ?>) {
      return value == null ? Map.of() : (Map<?, ?>) value;
    }
    wrong(place + "/" + key, key + " is an object");
    return Map.of();
  }

  private void text(Map<?, ?> parent, String place, String key) {
    if (parent.containsKey(key) && !(parent.get(key) instanceof String)) {
      wrong(place + "/" + key, key + " is a text");
    }
  }

  private void truth(Map<?, ?> parent, String place, String key) {
    if (parent.containsKey(key) && !(parent.get(key) instanceof Boolean)) {
      wrong(place + "/" + key, key + " is true or false");
    }
  }

  private void size(Map<?, ?> value, String place) {
    if (value.toString().length() > LARGEST) {
      wrong(place, "this is longer than " + LARGEST + " characters");
    }
  }

  private void wrong(String pointer, String message) {
    problems.add(
        Problem.of("AUDIOTRICKS_SHAPE", ProblemKind.INPUT, message)
            .withRemedy("Correct it and send it again.")
            .with("pointer", pointer));
  }

  private void refuse() {
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
  }
}
