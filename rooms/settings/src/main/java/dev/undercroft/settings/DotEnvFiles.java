package dev.undercroft.settings;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code .env} files of a folder, in the order that users of dotenv-flow, Next.js and Vite
 * know: {@code .env.ENVIRONMENT.local}, {@code .env.local} (not in tests), {@code
 * .env.ENVIRONMENT}, {@code .env}; the first that has a key wins. Immutable.
 *
 * @param values the winners
 * @param problems everything that is wrong with the files
 */
record DotEnvFiles(Map<String, Candidate> values, List<Problem> problems) {

  /** Only those that count before the environment is known. */
  static DotEnvFiles common(List<Path> folders, Map<String, String> variables) {
    return read(folders, List.of(".env", ".env.local"), variables);
  }

  /** All that count in an environment. */
  static DotEnvFiles of(
      List<Path> folders, Environment environment, Map<String, String> variables) {
    List<String> names = new ArrayList<>();
    names.add(".env");
    names.add(".env." + environment.word());
    if (environment != Environment.TEST) {
      names.add(".env.local");
    }
    names.add(".env." + environment.word() + ".local");
    return read(folders, names, variables);
  }

  /** Reads the weakest first, so that a stronger file can refer to what a weaker one says. */
  private static DotEnvFiles read(
      List<Path> folders, List<String> names, Map<String, String> variables) {
    Map<String, Candidate> values = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    for (Path folder : folders.reversed()) {
      for (String name : names) {
        Path file = folder.resolve(name);
        String text = text(file, problems);
        if (text != null) {
          String label = folder.equals(folders.getFirst()) ? name : file.toString();
          DotEnv read = DotEnvReader.read(label, text, variables, values);
          problems.addAll(read.problems());
          read.values().forEach((key, entry) -> values.put(key, candidate(label, entry)));
        }
      }
    }
    return new DotEnvFiles(values, problems);
  }

  private static Candidate candidate(String label, DotEnv.Entry entry) {
    return new Candidate(
        entry.text(), new Origin(Origin.Kind.DOTENV, label + " line " + entry.line()));
  }

  private static @Nullable String text(Path file, List<Problem> problems) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      problems.add(
          Problem.of("SETTINGS_UNREADABLE", ProblemKind.INPUT, "cannot read " + file)
              .withRemedy("Check that it is UTF-8 text and that you may read it."));
      return null;
    }
  }
}
