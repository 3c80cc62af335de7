package dev.undercroft.main;

import dev.undercroft.cli.Cli;
import dev.undercroft.cli.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole product behind a command line in this process, in a folder that is no project. */
final class CommandDesk {

  private final Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Terminal.Faces faces = new Terminal.Faces(false, false, false);
  private Supplier<Reader> keyboard = Reader::nullReader;

  CommandDesk(Path folder) {
    this.folder = folder;
  }

  /** A person sits there and types this. */
  CommandDesk types(String text) {
    return types(() -> new StringReader(text));
  }

  /** The same, with whatever gives the letters. */
  CommandDesk types(Supplier<Reader> letters) {
    faces = new Terminal.Faces(true, true, true);
    keyboard = letters;
    return this;
  }

  /** Writes a file; gives its name. */
  String file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return name;
  }

  Path folder() {
    return folder;
  }

  int run(String... words) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new BufferedReader(keyboard.get()),
            faces,
            100,
            folder,
            Map.of());
    return new Cli(terminal, Wiring::platform).run(List.of(words));
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The statements of a plan that was written down. */
  List<String> planSteps(String file) throws IOException {
    JsonNode plan = JsonMapper.builder().build().readTree(Files.readString(folder.resolve(file)));
    List<String> steps = new ArrayList<>();
    plan.path("steps").forEach(step -> steps.add(step.path("sql").asString()));
    return steps;
  }

  /** After how many statements of that plan a killed run can have stopped. */
  List<Integer> planBorders(String file) throws IOException {
    JsonNode plan = JsonMapper.builder().build().readTree(Files.readString(folder.resolve(file)));
    List<Integer> borders = new ArrayList<>(List.of(0));
    JsonNode steps = plan.path("steps");
    for (int done = 1; done <= steps.size(); done++) {
      boolean ends = !steps.path(done - 1).path("transaction").asString().equals("shared");
      boolean begins = steps.path(done).path("transaction").asString("").equals("outside");
      if (ends || begins || done == steps.size()) {
        borders.add(done);
      }
    }
    return borders;
  }

  JsonNode json() {
    return JsonMapper.builder().build().readTree(out());
  }
}
