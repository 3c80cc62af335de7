package dev.undercroft.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a document shows of a terminal, in blocks of {@code text}.
 *
 * @param lines all lines of all blocks, what was typed and what was answered
 */
record RecordedSession(List<String> lines) {

  /** Where a person types: the shell, a question, a name to be repeated. */
  private static final Pattern PROMPT =
      Pattern.compile("^(\\$ |.*\\[y/N] |Type the project's name to go on: )(.*)$");

  /**
   * What is typed, and where.
   *
   * @param prompt how the line ends before it is typed
   * @param text what is typed
   */
  record Typed(String prompt, String text) {}

  static RecordedSession read(Path document) throws IOException {
    List<String> found = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(document)) {
      if (line.startsWith("```")) {
        inside = line.equals("```text");
      } else if (inside) {
        found.add(line);
      }
    }
    return new RecordedSession(found);
  }

  List<Typed> typed() {
    return lines.stream().flatMap(line -> typed(line).stream()).toList();
  }

  private static Optional<Typed> typed(String line) {
    Matcher matcher = PROMPT.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String prompt = matcher.group(1);
    String end = prompt.endsWith("[y/N] ") ? "[y/N] " : prompt;
    return Optional.of(new Typed(end, matcher.group(2)));
  }

  /** An ellipsis stands for anything on its line; blanks at the end of a line do not count. */
  Pattern pattern() {
    return Pattern.compile(
        lines.stream()
            .map(line ->
                Stream.of(line.split("…", -1))
                    .map(Pattern::quote)
                    .collect(Collectors.joining(".*")))
            .collect(Collectors.joining(" *\n", "", " *\\s*")));
  }
}
