package dev.undercroft.docs;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A shell on a pseudo-terminal, which {@code script} makes: programs in it see a terminal, and what
 * is typed is echoed.
 */
final class PseudoTerminal implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String SHELL =
      "stty cols 100 rows 50; exec env 'PS1=$ ' bash --noprofile --norc --noediting -i";

  private final Process process;
  private final Writer keys;
  private final StringBuilder seen = new StringBuilder();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition more = lock.newCondition();
  private int read;

  PseudoTerminal(Path directory, Path bin) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("script", "-qefc", SHELL, "/dev/null");
    builder.directory(directory.toFile()).redirectErrorStream(true);
    Map<String, String> variables = builder.environment();
    List.of("DATABASE_URL", "DIRECT_URL", "NODE_ENV", "ENVIRONMENT", "JAVA_TOOL_OPTIONS")
        .forEach(variables::remove);
    variables.put("PATH", bin + ":" + variables.get("PATH"));
    variables.put("JAVA_HOME", System.getProperty("java.home"));
    variables.put("LC_ALL", "C.UTF-8");
    variables.put("TERM", "dumb");
    process = builder.start();
    keys = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(this::look);
  }

  private void look() {
    char[] letters = new char[4096];
    try (Reader screen = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
      for (int count = screen.read(letters); count >= 0; count = screen.read(letters)) {
        lock.lock();
        try {
          seen.append(letters, 0, count);
          more.signalAll();
        } finally {
          lock.unlock();
        }
      }
    } catch (IOException ended) {
      // The terminal was closed, and with it the stream.
    }
  }

  /** Waits until the last line on the screen ends so, and types a line. */
  void type(String prompt, String text) throws IOException, InterruptedException {
    await(prompt);
    keys.write(text + "\n");
    keys.flush();
  }

  /** Waits until the last line on the screen ends so, behind what was there the last time. */
  void await(String prompt) throws InterruptedException {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!isAt(prompt)) {
        if (left <= 0) {
          throw new AssertionError("no '" + prompt + "' came: " + seen);
        }
        left = more.awaitNanos(left);
      }
      read = seen.length();
    } finally {
      lock.unlock();
    }
  }

  private boolean isAt(String prompt) {
    String fresh = seen.substring(read);
    String line = screen(fresh).substring(screen(fresh).lastIndexOf('\n') + 1);
    return prompt.equals("$ ") ? line.equals(prompt) : line.endsWith(prompt);
  }

  /** What a person has seen: without lines that were written over. */
  String screen() {
    lock.lock();
    try {
      return screen(seen.toString());
    } finally {
      lock.unlock();
    }
  }

  private static String screen(String raw) {
    return raw.replace("\r\n", "\n")
        .replaceAll("(?m)^.*\r\u001B\\[K", "")
        .replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "");
  }

  @Override
  public void close() throws IOException {
    keys.close();
    if (!process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().isAlive()) {
      return;
    }
    process.destroyForcibly();
  }
}
