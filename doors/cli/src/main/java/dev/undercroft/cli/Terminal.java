package dev.undercroft.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command is connected to: three streams, of which each may be a terminal, and the process
 * around it. Immutable, though the streams are not.
 *
 * @param out where the answer goes
 * @param err where everything else goes
 * @param in where a person types
 * @param faces which of the three are terminals
 * @param width how many columns a line has
 * @param directory the working directory, absolute
 * @param variables the environment variables
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    BufferedReader in,
    Faces faces,
    int width,
    Path directory,
    Map<String, String> variables) {

  private static final int DEFAULT_WIDTH = 80;
  private static final int LEAST_WIDTH = 40;

  /** Which streams are terminals. Immutable. */
  public record Faces(boolean in, boolean out, boolean err) {}

  /**
   * The terminal of this process. The launcher tells what it sees in the system properties {@code
   * undercroft.tty} (digits of the streams that are terminals) and {@code undercroft.columns};
   * without it the JDK is asked.
   */
  public static Terminal ofProcess() {
    return new Terminal(
        utf8(System.out),
        utf8(System.err),
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
        lookAtFaces(),
        lookAtWidth(),
        Path.of("").toAbsolutePath(),
        System.getenv());
  }

  private static PrintStream utf8(PrintStream stream) {
    return stream.charset().equals(StandardCharsets.UTF_8)
        ? stream
        : new PrintStream(stream, true, StandardCharsets.UTF_8);
  }

  private static Faces lookAtFaces() {
    String told = System.getProperty("undercroft.tty");
    if (told != null) {
      return new Faces(told.contains("0"), told.contains("1"), told.contains("2"));
    }
    boolean both = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Faces(both, both, both);
  }

  private static int lookAtWidth() {
    int told = Integer.getInteger("undercroft.columns", 0);
    // A terminal that nobody gave a size, as under many programs that drive one, says 0.
    return told == 0 ? DEFAULT_WIDTH : Math.max(LEAST_WIDTH, told);
  }
}
