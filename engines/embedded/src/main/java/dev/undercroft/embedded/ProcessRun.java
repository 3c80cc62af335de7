package dev.undercroft.embedded;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A short program that was run to its end.
 *
 * @param exitCode what it returned
 * @param output what it wrote to standard output and standard error
 */
record ProcessRun(int exitCode, String output) {

  /** Runs a command with messages in English and waits for it, however long it takes. */
  static ProcessRun of(List<String> command) {
    return in(Path.of("/"), command);
  }

  static ProcessRun in(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ProcessRun(process.waitFor(), output);
    } catch (IOException e) {
      throw Problem.of(
              "EMBEDDED_PROGRAM_FAILED",
              ProblemKind.EXTERNAL,
              "the program " + command.getFirst() + " cannot be started")
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Check that it is installed and may be executed.")
          .exception(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Interruptions.problem(e);
    }
  }
}
