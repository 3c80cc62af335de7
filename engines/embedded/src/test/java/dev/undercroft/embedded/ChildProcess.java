package dev.undercroft.embedded;

import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another JVM that starts a server in a home and holds it until it is killed. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader out;

  ChildProcess(TestHome home) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChildProcess.class.getName(),
                home.path().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  long pid() {
    return process.pid();
  }

  /** What it says after its start: the arrival, or the code of the problem. */
  String answer() throws IOException {
    return out.readLine();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    out.close();
  }

  /** Starts the server, says so, and waits. */
  public static void main(String[] arguments) throws IOException {
    try {
      EmbeddedServer server =
          EmbeddedServer.start(
              EmbeddedSettings.in(Path.of(arguments[0])).withMaxConnections(20), Progress.NONE);
      server.announce("http://localhost:8000");
      System.out.println(server.arrival());
      System.in.read();
      server.close();
    } catch (ProblemException e) {
      System.out.println(e.first().code() + ": " + e.first().message());
    }
  }
}
