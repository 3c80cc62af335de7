package dev.undercroft.cli;

import dev.undercroft.base.Progress;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far long work has come: on a terminal one line that is written over, elsewhere a line
 * for each new step. Called by one thread at a time.
 */
final class ProgressLine implements Progress, AutoCloseable {

  private static final int BAR = 24;
  private static final Duration PAUSE = Duration.ofMillis(80);
  private static final String CLEAR = "\r\u001B[K";

  private final PrintStream err;
  private final Call.Screen screen;
  private final InstantSource clock;
  private @Nullable Instant last;
  private String lastStep = "";
  private boolean isShown;

  ProgressLine(PrintStream err, Call.Screen screen, InstantSource clock) {
    this.err = err;
    this.screen = screen;
    this.clock = clock;
  }

  @Override
  public void report(String step, long done, long total) {
    if (!screen.isTerminal()) {
      if (!step.equals(lastStep)) {
        err.println(step);
      }
      lastStep = step;
      return;
    }
    Instant now = clock.instant();
    boolean isDue = last == null || Duration.between(last, now).compareTo(PAUSE) >= 0;
    if (isDue || !step.equals(lastStep) || done == total) {
      err.print(CLEAR + line(step, done, total));
      err.flush();
      isShown = true;
      last = now;
      lastStep = step;
    }
  }

  private String line(String step, long done, long total) {
    if (total <= 0) {
      return cut(step + " …");
    }
    int filled = (int) Math.min(BAR, BAR * done / total);
    String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    String numbers = " " + done + "/" + total + " ";
    String rest = cut(step, screen.width() - BAR - numbers.length() - 1);
    return screen.style().name(bar) + numbers + rest;
  }

  private String cut(String text) {
    return cut(text, screen.width() - 1);
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
  }

  /** Removes the line. */
  @Override
  public void close() {
    if (isShown) {
      err.print(CLEAR);
      err.flush();
      isShown = false;
    }
  }
}
