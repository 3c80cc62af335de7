package dev.undercroft.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of one Markdown file, by section, in their order.
 *
 * @param name the file, relative to the root of the repository
 */
record Document(String name, List<Section> sections) {

  /** Commands under one heading; the first has the empty title. */
  record Section(String title, List<Command> commands) {}

  /**
   * One command.
   *
   * @param line where it stands, from 1
   * @param text what a reader types
   * @param output what is shown below it in a block of {@code console}; empty if nothing is
   */
  record Command(int line, String text, List<String> output) {}

  /** Reads the blocks that a shell can run: sh, shell, bash, and console with its outputs. */
  static Document read(Path root, String name) throws IOException {
    Reader reader = new Reader();
    List<String> lines = Files.readAllLines(root.resolve(name));
    for (int index = 0; index < lines.size(); index++) {
      reader.take(index + 1, lines.get(index));
    }
    return new Document(name, reader.sections.stream().filter(s -> !s.commands.isEmpty()).toList());
  }

  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<'?(\\w+)'?");

  private static final class Reader {
    private final List<Section> sections = new ArrayList<>();
    private String language = "";
    private String begun = "";
    private int begunAt;

    /** The word that ends the text which a command reads from the lines below it. */
    private String ending = "";

    Reader() {
      sections.add(new Section("", new ArrayList<>()));
    }

    void take(int number, String line) {
      if (line.startsWith("```")) {
        language = language.isEmpty() ? line.substring(3).strip() + " " : "";
      } else if (language.isEmpty() && line.startsWith("#")) {
        sections.add(new Section(line.replaceFirst("^#+ ", ""), new ArrayList<>()));
      } else if (List.of("sh ", "shell ", "bash ").contains(language)) {
        typed(number, line);
      } else if (language.equals("console ")) {
        shown(number, line);
      }
    }

    private void typed(int number, String line) {
      if (begun.isEmpty()) {
        begunAt = number;
      }
      if (line.endsWith("\\")) {
        begun += line.substring(0, line.length() - 1);
        return;
      }
      Matcher here = HERE_DOCUMENT.matcher(line);
      if (ending.isEmpty() && here.find()) {
        ending = here.group(1);
      } else if (line.equals(ending)) {
        ending = "";
      }
      if (!ending.isEmpty()) {
        begun += line + "\n";
        return;
      }
      String whole = (begun + line).strip();
      begun = "";
      if (!whole.isEmpty() && !whole.startsWith("#")) {
        sections.getLast().commands().add(new Command(begunAt, whole, List.of()));
      }
    }

    private void shown(int number, String line) {
      List<Command> commands = sections.getLast().commands();
      if (line.startsWith("$ ")) {
        commands.add(new Command(number, line.substring(2), new ArrayList<>()));
      } else {
        commands.getLast().output().add(line.stripTrailing());
      }
    }
  }
}
