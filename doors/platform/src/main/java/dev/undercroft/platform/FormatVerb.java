package dev.undercroft.platform;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.settings.Project;
import dev.undercroft.settings.ProjectFinder;
import dev.undercroft.sql.Dialect;
import dev.undercroft.sql.Layout;
import dev.undercroft.sql.Lexer;
import dev.undercroft.sql.Script;
import dev.undercroft.sql.SqlSource;
import dev.undercroft.sql.TokenKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Carries out {@link SchemaCommand.LayOut}: nothing is written unless all files can be. */
final class FormatVerb {

  private final SchemaCommand.LayOut command;
  private final List<Problem> problems = new ArrayList<>();

  FormatVerb(SchemaCommand.LayOut command) {
    this.command = command;
  }

  FilesLaidOut format() {
    Map<Path, String> fresh = new LinkedHashMap<>();
    List<String> changed = new ArrayList<>();
    List<Path> files = files();
    for (Path file : files) {
      String text = read(file);
      String laid = laidOut(file, text);
      if (!laid.equals(text)) {
        fresh.put(file, laid);
        changed.add(command.scope().directory().relativize(file).toString());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    if (!command.check()) {
      fresh.forEach(FormatVerb::write);
    }
    return new FilesLaidOut(files.size(), changed);
  }

  private List<Path> files() {
    Path here = command.scope().directory();
    List<Path> roots = new ArrayList<>();
    command.paths().forEach(word -> roots.add(here.resolve(word).normalize()));
    if (roots.isEmpty()) {
      String named =
          command.scope().projects().isEmpty() ? null : command.scope().projects().getFirst();
      ProjectFinder.find(here, named).projects().stream()
          .map(Project::schema)
          .filter(Files::exists)
          .forEach(roots::add);
    }
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> walk = Files.walk(root)) {
        walk.filter(file -> file.toString().endsWith(".sql") && Files.isRegularFile(file))
            .sorted()
            .forEach(files::add);
      } catch (IOException cause) {
        throw unreadable(root, cause);
      }
    }
    return files;
  }

  private String laidOut(Path file, String text) {
    Script script = Script.read(new SqlSource(file.toString(), text), Dialect.POSTGRESQL);
    problems.addAll(script.problems());
    boolean hasRows =
        script.statements().stream().anyMatch(statement -> statement.copyData().isPresent());
    if (!script.problems().isEmpty() || hasRows) {
      if (hasRows) {
        problems.add(notTouched(file, "it holds rows of COPY"));
      }
      return text;
    }
    String laid = Layout.of(text, Dialect.POSTGRESQL);
    if (!tokens(laid).equals(tokens(text))) {
      problems.add(notTouched(file, "something of it would be lost"));
    }
    return laid;
  }

  private static List<String> tokens(String text) {
    return Lexer.tokens(text, Dialect.POSTGRESQL).stream()
        .filter(token -> token.kind() != TokenKind.WHITESPACE)
        .map(token -> token.in(text).stripTrailing())
        .toList();
  }

  private static Problem notTouched(Path file, String why) {
    return Problem.of("PLATFORM_NOT_LAID_OUT", ProblemKind.INPUT, file + " was not touched: " + why)
        .withRemedy("Leave it out, by naming the other files.");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException cause) {
      throw unreadable(file, cause);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException cause) {
      throw Problem.of("PLATFORM_NOT_WRITTEN", ProblemKind.EXTERNAL, "could not write " + file)
          .withDetail(String.valueOf(cause.getMessage()))
          .withRemedy("Make the file writable.")
          .exception(cause);
    }
  }

  private static RuntimeException unreadable(Path file, IOException cause) {
    return Problem.of("PLATFORM_NOT_READ", ProblemKind.INPUT, file + " cannot be read")
        .withDetail(String.valueOf(cause.getMessage()))
        .withRemedy("Name a .sql file in UTF-8, or a folder of them.")
        .exception(cause);
  }
}
