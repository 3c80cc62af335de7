package dev.undercroft.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One command with everything that its help shows and its parser needs. Immutable.
 *
 * @param path the words a person types
 * @param description what it does, some sentences
 * @param options its own options
 * @param operand what stands behind its options, or null
 * @param examples calls that work as they stand
 * @param no when it answers with exit code 3; empty text when never
 * @param outcome the type whose fields {@code --json} writes, or null
 * @param action what it does
 */
record Verb(
    String path,
    String description,
    List<Option> options,
    @Nullable Operand operand,
    List<Example> examples,
    String no,
    @Nullable Class<?> outcome,
    Action action) {

  /** What stands behind the options. */
  record Operand(String label, int least, int most, String description) {}

  /** A call and what it is good for. */
  record Example(String command, String purpose) {}

  /** Carries out a command and gives the exit code. */
  interface Action {
    int run(Call call) throws Exception;
  }

  static Draft named(String path) {
    return new Draft(path);
  }

  /** A verb being described. Not thread-safe. */
  static final class Draft {
    private final String path;
    private String description = "";
    private String no = "";
    private final List<Option> options = new ArrayList<>();
    private final List<Option> lastOptions = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private @Nullable Operand operand;
    private @Nullable Class<?> outcome;

    private Draft(String path) {
      this.path = path;
    }

    Draft says(String text) {
      description = text;
      return this;
    }

    Draft option(Option option) {
      options.add(option);
      return this;
    }

    /** An option that stands behind all others in the help. */
    Draft lastOption(Option option) {
      lastOptions.add(option);
      return this;
    }

    Draft operand(String label, int least, int most, String text) {
      operand = new Operand(label, least, most, text);
      return this;
    }

    Draft example(String command, String purpose) {
      examples.add(new Example(command, purpose));
      return this;
    }

    Draft no(String when) {
      no = when;
      return this;
    }

    Draft answers(Class<?> type) {
      outcome = type;
      return this;
    }

    Verb does(Action action) {
      options.addAll(lastOptions);
      return new Verb(
          path,
          description,
          List.copyOf(options),
          operand,
          List.copyOf(examples),
          no,
          outcome,
          action);
    }
  }
}
