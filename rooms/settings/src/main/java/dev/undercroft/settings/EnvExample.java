package dev.undercroft.settings;

import java.util.List;

/**
 * Writes the {@code .env.example} of a project: every variable with what it does, the application's
 * own first. Stateless, thread-safe.
 */
public final class EnvExample {

  private static final int WIDTH = 96;

  private EnvExample() {}

  /** The text of the file. */
  public static String of(Selection selection) {
    Project project = selection.one();
    StringBuilder text = new StringBuilder();
    comment(
        text,
        project.title()
            + ": copy this file to .env.local (or .env) and set what you need. What is commented out"
            + " keeps its default. Each variable may also be given as NAME_FILE, which names a file"
            + " with the value, and secrets as files in the folder secrets: `undercroft secrets"
            + " generate` makes them.");
    List<Declared> declared = selection.file().declared();
    if (!declared.isEmpty()) {
      text.append("\n## ").append(project.title()).append('\n');
    }
    for (Declared one : declared) {
      Setting<?> setting = one.setting();
      if (setting != null) {
        entry(text, setting, one.required());
      }
    }
    String section = "";
    for (Setting<?> setting : KnownSettings.all()) {
      String next = setting.name().split("\\.", 2)[0];
      if (!next.equals(section)) {
        text.append("\n## Undercroft: ").append(next).append('\n');
        section = next;
      }
      entry(text, setting, required(declared, setting));
    }
    return text.toString();
  }

  private static Declared.Required required(List<Declared> declared, Setting<?> setting) {
    return declared.stream()
        .filter(one -> setting.variables().contains(one.name()))
        .map(Declared::required)
        .findFirst()
        .orElse(Declared.Required.NEVER);
  }

  private static void entry(StringBuilder text, Setting<?> setting, Declared.Required required) {
    text.append('\n');
    String needed =
        switch (required) {
          case NEVER -> "";
          case PRODUCTION -> " Required in production.";
          case ALWAYS -> " Required.";
        };
    String what = setting.description().isEmpty() ? setting.name() : setting.description();
    comment(text, what + "." + needed + " Value: " + setting.type().name() + ".");
    String defaultText = setting.defaultText(Environment.PRODUCTION);
    text.append('#')
        .append(setting.variable())
        .append('=')
        .append(quoted(defaultText == null ? setting.type().example() : defaultText))
        .append('\n');
  }

  /** Quotes what a reader of {@code .env} files would take for something else. */
  private static String quoted(String value) {
    return value.matches("[\\w./:@?&=,+*-]*") ? value : "'" + value + "'";
  }

  private static void comment(StringBuilder text, String words) {
    StringBuilder line = new StringBuilder("#");
    for (String word : words.split(" ", -1)) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder("#");
      }
      line.append(' ').append(word);
    }
    text.append(line).append('\n');
  }
}
