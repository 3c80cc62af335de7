package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One TOML file with the places of its keys (TOML 1.0, toml.io). Not modified after reading; not
 * thread-safe.
 */
final class TomlText {

  private final String label;
  private final String text;
  private final TomlParseResult table;

  private TomlText(String label, String text, TomlParseResult table) {
    this.label = label;
    this.text = text;
    this.table = table;
  }

  /**
   * Reads a file.
   *
   * @throws dev.undercroft.base.ProblemException if it cannot be read
   */
  static TomlText read(Path file) {
    try {
      String text = Files.readString(file);
      return new TomlText(file.toString(), text, Toml.parse(text));
    } catch (MalformedInputException invalid) {
      throw Problem.of("SETTINGS_NOT_UTF8", ProblemKind.INPUT, file + " is not UTF-8 text")
          .withRemedy("Save the file in the encoding UTF-8.")
          .exception(invalid);
    } catch (IOException failed) {
      throw Problem.of("SETTINGS_UNREADABLE", ProblemKind.EXTERNAL, "cannot read " + file)
          .withDetail(String.valueOf(failed.getMessage()))
          .withRemedy("Check that the file exists and that you may read it.")
          .exception(failed);
    }
  }

  TomlTable table() {
    return table;
  }

  /** What is wrong with the syntax. */
  List<Problem> syntaxProblems() {
    List<Problem> problems = new ArrayList<>();
    table
        .errors()
        .forEach(error ->
            problems.add(
                Problem.of(
                        "SETTINGS_TOML_SYNTAX",
                        ProblemKind.INPUT,
                        label + " is not TOML: " + firstLine(error.getMessage()))
                    .withDetail(excerpt(error.position()))
                    .withRemedy("Repair the line; texts stand in double quotes in TOML.")));
    return problems;
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "" : message.lines().findFirst().orElse("");
  }

  /** The paths of all values, and of tables that are empty. */
  List<List<String>> paths() {
    List<List<String>> paths = new ArrayList<>(table.keyPathSet());
    for (List<String> path : table.keyPathSet(true)) {
      if (table.get(path) instanceof TomlTable inner && inner.isEmpty()) {
        paths.add(path);
      }
    }
    return paths;
  }

  /** The value as the text that a variable would have; null when there is none. */
  @Nullable String text(List<String> path) {
    Object value = table.get(path);
    if (value == null) {
      return null;
    }
    return value instanceof TomlArray array ? arrayText(array) : value.toString();
  }

  private static String arrayText(TomlArray array) {
    if (!array.isEmpty() && array.isTable(0)) {
      return array.toJson();
    }
    return String.join(",", array.toList().stream().map(String::valueOf).toList());
  }

  /** Line of a key, from 1; 1 when unknown. */
  int line(List<String> path) {
    TomlPosition position = table.inputPositionOf(path);
    return position == null ? 1 : position.line();
  }

  /** The line of a key with a caret. */
  String excerpt(List<String> path) {
    TomlPosition position = table.inputPositionOf(path);
    return position == null ? label : excerpt(position);
  }

  private String excerpt(TomlPosition position) {
    return Excerpt.of(label, text, position.line(), position.column());
  }
}
