package dev.undercroft.main;

import dev.undercroft.embedded.EmbeddedServer;
import dev.undercroft.embedded.EmbeddedSettings;
import dev.undercroft.embedded.SecretFolder;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Carries out several command lines in one process and shows nothing of it: the training run of the
 * JDK's ahead-of-time cache (JEP 514). What a rehearsed command loads and links, the cache keeps. A
 * command that serves goes on while the next ones are carried out.
 */
public final class Rehearsal {

  private static final int PATIENCE_SECONDS = 120;

  /** Stands for the URL of the server that an earlier line has started in this folder. */
  private static final String SERVER = "@server";

  /** Before a line: it is carried out in a process of its own, which ends with this one. */
  private static final String BESIDE = "@beside ";

  private Rehearsal() {}

  /** Each argument is one command line, its words separated by blanks. */
  public static void main(String[] lines) throws InterruptedException, IOException {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
    for (String line : lines) {
      if (line.startsWith(BESIDE)) {
        beside(line.substring(BESIDE.length()));
        continue;
      }
      List<String> arguments = new ArrayList<>(List.of(line.split(" ", -1)));
      arguments.replaceAll(word -> word.equals(SERVER) ? server() : word);
      arguments.removeIf(String::isEmpty);
      CountDownLatch answered = new CountDownLatch(1);
      System.setOut(
          new PrintStream(new FirstByte(answered::countDown), true, StandardCharsets.UTF_8));
      Thread command =
          new Thread(
              () -> {
                Main.run(arguments);
                answered.countDown();
              },
              "rehearsal of " + line);
      command.setDaemon(true);
      command.start();
      if (arguments.contains("up")) {
        answered.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } else {
        command.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      }
    }
    System.exit(0);
  }

  /** Starts a command that serves and waits until it does, or has given up. */
  private static void beside(String line) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(line.split(" ", -1)));
    Process process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              process.destroy();
              process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            }));
    process.getInputStream().read();
  }

  private static String server() {
    StateFolder state = new StateFolder(Path.of("").toAbsolutePath().resolve(".undercroft"));
    return new RunFile(state.runFile())
        .read()
        .flatMap(RunState::server)
        .map(reach ->
            "postgres://%s:%s@127.0.0.1:%d/rehearsal"
                .formatted(
                    EmbeddedSettings.SUPERUSER,
                    new SecretFolder(reach.secrets())
                        .find(EmbeddedServer.PASSWORD)
                        .orElseThrow()
                        .reveal(),
                    reach.port()))
        .orElse(SERVER);
  }

  /** Tells when the first byte is written, and keeps none. */
  private static final class FirstByte extends OutputStream {
    private final Runnable told;

    FirstByte(Runnable told) {
      this.told = told;
    }

    @Override
    public void write(int letter) {
      told.run();
    }

    @Override
    public void write(byte[] letters, int from, int length) {
      told.run();
    }
  }
}
