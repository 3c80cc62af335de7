package dev.undercroft.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The shell that a reader types into, line by line: where a line leaves the working directory, the
 * next one begins. What stays in the foreground, the reader ends with a signal before the next
 * start.
 */
final class ReadersShell implements AutoCloseable {

  /** Keeps the line's exit code and notes the working directory. */
  private static final String AFTER =
      """

      code=$?
      pwd >"$READERS_PLACE"
      exit $code
      """;

  private final Path notes;
  private final Path bin;
  private Path directory;
  private @Nullable Process foreground;
  private boolean hasBackground;
  private final Map<String, String> own = new TreeMap<>();

  /** What a line said, both streams in one, and its exit code. */
  record Said(int exit, String text) {}

  /**
   * A shell in a folder.
   *
   * @param bin the folder with the command, for PATH
   * @param notes a folder for this shell's own files
   */
  ReadersShell(Path directory, Path bin, Path notes) throws IOException {
    this.directory = directory;
    this.bin = bin;
    this.notes = Files.createDirectories(notes);
  }

  /** Sets a variable for later lines. */
  ReadersShell with(String variable, String value) {
    own.put(variable, value);
    return this;
  }

  /** Changes the working directory. */
  void go(Path place) {
    directory = place;
  }

  /** Runs a line that has to end with 0. */
  void mustType(String line) throws IOException, InterruptedException {
    Said said = type(line);
    if (said.exit() != 0) {
      throw new AssertionError(line + " ended with " + said.exit() + ": " + said.text());
    }
  }

  /** Runs a line to its end, or, if it serves until it is told to stop, until it is ready. */
  Said type(String line) throws IOException, InterruptedException {
    if (line.matches("(\\./)?undercroft up( .*)?")) {
      stopWhatRuns();
      hasBackground = line.matches(".* (--detach|-d)\\b.*");
      if (!hasBackground) {
        return serve(line);
      }
    }
    Path out = Files.createTempFile(notes, "out", "");
    Path place = notes.resolve("place");
    ProcessBuilder builder = builder(line + AFTER);
    builder.environment().put("READERS_PLACE", place.toString());
    Process process = builder.redirectOutput(out.toFile()).start();
    if (!process.waitFor(3, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(line + " did not end: " + Files.readString(out));
    }
    directory = Path.of(Files.readString(place).strip());
    return new Said(process.exitValue(), Files.readString(out));
  }

  private Said serve(String line) throws IOException, InterruptedException {
    Process process = builder("exec " + line).start();
    StringBuilder text = new StringBuilder();
    BufferedReader reader = process.inputReader();
    for (String one = reader.readLine(); one != null; one = reader.readLine()) {
      text.append(one).append('\n');
      if (one.contains("Ctrl-C stops it")) {
        foreground = process;
        Thread.ofVirtual().start(() -> drain(reader));
        return new Said(0, text.toString());
      }
    }
    return new Said(process.waitFor(), text.toString());
  }

  /** What it goes on to say must not fill the pipe. */
  private static void drain(BufferedReader reader) {
    try {
      reader.transferTo(Writer.nullWriter());
    } catch (IOException ended) {
      // The process was ended, and with it the stream.
    }
  }

  private void stopWhatRuns() throws IOException, InterruptedException {
    stopForeground();
    if (hasBackground) {
      hasBackground = false;
      mustType("undercroft down");
    }
  }

  private ProcessBuilder builder(String script) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    List.of("DATABASE_URL", "DIRECT_URL", "NODE_ENV", "ENVIRONMENT", "JAVA_TOOL_OPTIONS")
        .forEach(variables::remove);
    variables.put("PATH", bin + ":" + variables.get("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("PORT", "0");
    variables.put("LC_ALL", "C.UTF-8");
    variables.putAll(own);
    return builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
  }

  /** Ends what is in the foreground, and demands that it ends. */
  void stopForeground() {
    Process process = foreground;
    foreground = null;
    if (process != null) {
      process.destroy();
      process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
  }

  @Override
  public void close() throws IOException {
    stopForeground();
    if (hasBackground) {
      builder("undercroft down").start().onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }
  }
}
