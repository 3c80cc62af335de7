package dev.undercroft.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A terminal whose streams a test can read, in front of a platform that answers from a list. */
final class Desk {

  final CannedPlatform platform = new CannedPlatform();
  final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Path directory;
  private Terminal.Faces faces = new Terminal.Faces(false, false, false);
  private String typed = "";
  private int width = 80;
  private int platformsMade;

  Desk(Path directory) {
    this.directory = directory;
  }

  Desk atTerminal() {
    faces = new Terminal.Faces(true, true, true);
    return this;
  }

  Desk width(int columns) {
    width = columns;
    return this;
  }

  Desk types(String text) {
    typed = text;
    return this;
  }

  int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(new StringReader(typed)),
            faces,
            width,
            directory,
            variables);
    return new Cli(
            terminal,
            () -> {
              platformsMade++;
              return platform;
            })
        .run(List.of(arguments));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  int platformsMade() {
    return platformsMade;
  }
}
