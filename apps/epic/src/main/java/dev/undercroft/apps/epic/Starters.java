package dev.undercroft.apps.epic;

import java.util.List;
import java.util.Map;

/** What every user begins with. Pure. */
final class Starters {

  static final List<ScopedPresets.Draft> PRESETS =
      List.of(
          preset("Classic Clean", true, "classic", "fade", 500, -18),
          preset("Dark Glass", false, "dark", "zoom", 800, -20),
          preset("Vivid Gradient", false, "vivid", "fade", 600, -16));

  static final Map<String, Object> SETTINGS =
      Map.of(
          "language",
          "zh-TW",
          "timezone",
          "Asia/Taipei",
          "theme",
          "system",
          "notifications",
          Map.of("email", true, "discord", false, "webhook", false),
          "privacy",
          Map.of("analytics", true, "error_reporting", true));

  private Starters() {}

  // Six words of one template: a record for them would be read nowhere else.
  private static ScopedPresets.Draft preset(
      String name, boolean first, String template, String transitions, Object... numbers) {
    return new ScopedPresets.Draft(
        name,
        Map.of(
            "template",
            Map.of(
                "name",
                template,
                "transitions",
                transitions,
                "transition_duration",
                numbers[0],
                "background_music",
                true,
                "bgm_volume",
                numbers[1])),
        first);
  }
}
