package dev.undercroft.settings;

import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Turns the keys of {@code [variables.NAME]} into a setting. Stateless, thread-safe. */
final class Declarations {

  static final Set<String> KEYS =
      Set.of("type", "default", "description", "example", "required", "min-length");

  private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");
  private static final int SECRET_CHARACTERS = 32;

  private static final Map<String, Function<Map<String, String>, SettingType<?>>> TYPES =
      new TreeMap<>(
          Map.of(
              "text", keys -> SettingTypes.text(keys.getOrDefault("example", "")),
              "secret", keys -> SettingTypes.secret(minimumLength(keys)),
              "number", keys -> SettingTypes.number(0, Integer.MAX_VALUE),
              "boolean", keys -> SettingTypes.truth(),
              "milliseconds", keys -> SettingTypes.duration(ChronoUnit.MILLIS),
              "duration", keys -> SettingTypes.duration(ChronoUnit.SECONDS),
              "size", keys -> SettingTypes.size(),
              "url", keys -> SettingTypes.address(),
              "credential", keys -> SettingTypes.secret(1),
              "path", keys -> SettingTypes.path()));

  private Declarations() {}

  static Set<String> typeNames() {
    return TYPES.keySet();
  }

  /**
   * The declared variable.
   *
   * @throws IllegalArgumentException with the reason why the declaration is wrong
   */
  static Declared declared(String name, Map<String, String> keys) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("the name has capital letters, digits and _ only");
    }
    Declared.Required required = required(keys.getOrDefault("required", "never"));
    Optional<Setting<?>> own = KnownSettings.ofVariable(name);
    if (own.isPresent()) {
      if (!keys.keySet().equals(Set.of("required"))) {
        throw new IllegalArgumentException(
            "the product itself reads this variable; only the key required may stand here");
      }
      return new Declared(name, null, required);
    }
    if (name.startsWith(Setting.OWN_PREFIX)) {
      throw new IllegalArgumentException(
          "variables that begin with " + Setting.OWN_PREFIX + " belong to the product");
    }
    return new Declared(name, setting(name, keys), required);
  }

  private static Setting<?> setting(String name, Map<String, String> keys) {
    String typeName = keys.getOrDefault("type", "text");
    Function<Map<String, String>, SettingType<?>> type = TYPES.get(typeName);
    if (type == null) {
      throw new IllegalArgumentException("there is no type '" + typeName + "'");
    }
    return draft(name, type.apply(keys), keys);
  }

  private static <T> Setting<T> draft(String name, SettingType<T> type, Map<String, String> keys) {
    Setting.Draft<T> draft =
        Setting.named("variables." + name, type, keys.getOrDefault("description", ""))
            .variable(name);
    String defaultText = keys.get("default");
    switch (keys.getOrDefault("type", "text")) {
      case "secret" -> draft.secret();
      case "credential" -> draft.credential();
      default -> {
        // Everything else may be shown.
      }
    }
    if (defaultText != null) {
      if (draft.isHidden()) {
        throw new IllegalArgumentException("a secret has no default");
      }
      type.parse(defaultText);
      draft.orElse(defaultText);
    }
    return draft.buildForeign();
  }

  private static Declared.Required required(String word) {
    return Arrays.stream(Declared.Required.values())
        .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("required is never, production or always"));
  }

  private static int minimumLength(Map<String, String> keys) {
    String text = keys.getOrDefault("min-length", String.valueOf(SECRET_CHARACTERS));
    return SettingTypes.number(1, 10_000).parse(text);
  }
}
