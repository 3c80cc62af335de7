package dev.undercroft.main;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries out several command lines in one process and shows nothing of it: the training run of the
 * JDK's ahead-of-time cache (JEP 514). What a rehearsed command loads and links, the cache keeps.
 */
public final class Rehearsal {

  private Rehearsal() {}

  /** Each argument is one command line, its words separated by blanks. */
  public static void main(String[] lines) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    for (String line : lines) {
      List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
      arguments.removeIf(String::isEmpty);
      Main.run(arguments);
    }
    System.exit(0);
  }
}
