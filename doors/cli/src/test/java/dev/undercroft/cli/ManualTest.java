package dev.undercroft.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code docs/commands.md} is written from the commands themselves. */
class ManualTest {

  @Test
  void the_manual_of_commands_is_as_the_commands_are() {
    StringBuilder text = new StringBuilder();
    text.append("# Commands\n\n")
        .append("Written by a test from the commands themselves. Every command also answers")
        .append(" `--help`.\n\n")
        .append("Exit codes: 0 done, 1 failed, 2 wrong usage, 3 the answer is no.\n\n")
        .append("With `--json` the answer is one JSON value with the fields below: times are")
        .append(" ISO 8601 texts, a field without a value is left out. A failure is an object with")
        .append(" the list `problems`, each with `code`, `kind`, `message`, `detail`, `remedy` and")
        .append(" `context`. Fields may be added; none is renamed or removed without a new major")
        .append(" version.\n");
    for (Word word : Words.ALL) {
      verb(text, Words.verb(word.path()));
    }
    Golden.checkFile(
        Path.of(System.getProperty("undercroft.root")).resolve("docs/commands.md"),
        text.toString());
  }

  private static void verb(StringBuilder text, Verb verb) {
    text.append("\n## ").append(verb.path()).append("\n\n").append(verb.description());
    text.append("\n\n```sh\n");
    verb.examples().forEach(example -> text.append(example.command()).append('\n'));
    text.append("```\n");
    Verb.Operand operand = verb.operand();
    if (operand != null || !verb.options().isEmpty()) {
      text.append("\n| argument | meaning |\n|---|---|\n");
    }
    if (operand != null) {
      text.append("| `").append(operand.label()).append("` | ").append(operand.description());
      text.append(" |\n");
    }
    for (Option option : verb.options()) {
      text.append("| `").append(option.shown()).append("` | ").append(option.description());
      text.append(" |\n");
    }
    if (!verb.no().isEmpty()) {
      text.append("\nAnswers 3 when ").append(verb.no()).append(".\n");
    }
    if (verb.outcome() != null) {
      text.append("\n`--json`: ").append(shape(verb.outcome(), 0)).append("\n");
    }
  }

  private static String shape(Type type, int depth) {
    if (type instanceof ParameterizedType generic) {
      String inner = shape(generic.getActualTypeArguments()[0], depth);
      return generic.getRawType() == List.class ? "list of " + inner : inner + ", if known";
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      StringBuilder text = new StringBuilder("an object with");
      for (RecordComponent component : plain.getRecordComponents()) {
        text.append('\n')
            .append("  ".repeat(depth))
            .append("- `")
            .append(component.getName())
            .append("`: ")
            .append(shape(component.getGenericType(), depth + 1));
      }
      return text.toString();
    }
    if (plain.isEnum()) {
      return "one of "
          + String.join(
              ", ", Arrays.stream(plain.getEnumConstants()).map(one -> "`" + one + "`").toList());
    }
    return name(plain);
  }

  private static String name(Class<?> type) {
    if (type == Duration.class) {
      return "a duration such as `PT1.5S`";
    }
    if (type == Instant.class) {
      return "a time such as `2026-01-02T03:04:05Z`";
    }
    if (type == String.class || type == Path.class || type == Optional.class) {
      return "text";
    }
    return type == boolean.class ? "true or false" : "a number";
  }
}
