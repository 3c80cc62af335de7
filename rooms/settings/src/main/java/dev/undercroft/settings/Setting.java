package dev.undercroft.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set: its name, its type, its default and where it may stand. Immutable;
 * compared by name.
 *
 * @param <T> the class of its value
 */
public final class Setting<T> {

  /** The variables of every setting begin with this; nobody else's may. */
  static final String OWN_PREFIX = "UNDERCROFT_";

  private final String name;
  private final SettingType<T> type;
  private final String description;
  private final Sensitivity sensitivity;
  private final List<String> variables;
  private final Map<Environment, String> defaults;

  private Setting(Draft<T> draft) {
    this.name = draft.name;
    this.type = draft.type;
    this.description = draft.description;
    this.sensitivity = draft.sensitivity;
    this.variables = List.copyOf(draft.variables);
    this.defaults = Collections.unmodifiableMap(new EnumMap<>(draft.defaults));
  }

  /** Begins to describe a setting; {@code name} is its key in {@code undercroft.toml}. */
  static <T> Draft<T> named(String name, SettingType<T> type, String description) {
    return new Draft<>(name, type, description);
  }

  /** Its dotted key in {@code undercroft.toml}, for example {@code database.url}. */
  public String name() {
    return name;
  }

  /** How its text becomes a value. */
  public SettingType<T> type() {
    return type;
  }

  /** One sentence on what it does, without a full stop. */
  public String description() {
    return description;
  }

  /** How much of its value may be shown. */
  public Sensitivity sensitivity() {
    return sensitivity;
  }

  /** The environment variables that set it, the most usual one first. */
  public List<String> variables() {
    return variables;
  }

  /** The text of its default, or null when it has none. */
  public @Nullable String defaultText(Environment environment) {
    return defaults.get(environment);
  }

  /** The variable that documents and problems name. */
  public String variable() {
    return variables.getFirst();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Setting<?> setting && setting.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }

  /** A setting being described. Not thread-safe. */
  static final class Draft<T> {
    private final String name;
    private final SettingType<T> type;
    private final String description;
    private final List<String> variables = new ArrayList<>();
    private final Map<Environment, String> defaults = new EnumMap<>(Environment.class);
    private Sensitivity sensitivity = Sensitivity.PLAIN;

    private Draft(String name, SettingType<T> type, String description) {
      this.name = name;
      this.type = type;
      this.description = description;
    }

    Draft<T> variable(String... names) {
      variables.addAll(List.of(names));
      return this;
    }

    Draft<T> orElse(String text) {
      for (Environment environment : Environment.values()) {
        defaults.put(environment, text);
      }
      return this;
    }

    Draft<T> orElseIn(Environment environment, String text) {
      defaults.put(environment, text);
      return this;
    }

    Draft<T> address() {
      sensitivity = Sensitivity.ADDRESS;
      return this;
    }

    Draft<T> secret() {
      sensitivity = Sensitivity.SECRET;
      return this;
    }

    Draft<T> credential() {
      sensitivity = Sensitivity.CREDENTIAL;
      return this;
    }

    boolean isHidden() {
      return sensitivity.isHidden();
    }

    /** A setting that also answers to the variable made from its own name. */
    Setting<T> build() {
      variables.add(OWN_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
      return new Setting<>(this);
    }

    /** A setting that answers only to the variables named so far. */
    Setting<T> buildForeign() {
      return new Setting<>(this);
    }
  }
}
