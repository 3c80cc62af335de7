package dev.undercroft.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a process finds around it. Immutable.
 *
 * @param directory the working directory, absolute
 * @param variables the environment variables
 * @param flags the settings given on the command line
 * @param runSecrets where a container finds its secrets, usually {@code /run/secrets}
 */
public record Surroundings(
    Path directory, Map<String, String> variables, List<Flag> flags, Path runSecrets) {

  /** Copies what could change. */
  public Surroundings {
    variables = Map.copyOf(variables);
    flags = List.copyOf(flags);
  }

  /** Those of this process. */
  public static Surroundings ofProcess(List<Flag> flags) {
    return new Surroundings(
        Path.of("").toAbsolutePath(), System.getenv(), flags, Path.of("/run/secrets"));
  }
}
