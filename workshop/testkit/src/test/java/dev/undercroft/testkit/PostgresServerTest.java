package dev.undercroft.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

  @Test
  void stops_and_leaves_nothing_behind() throws Exception {
    PostgresServer server = PostgresServer.start(PostgresVersion.V18, ServerOptions.NONE);
    long pid = server.pid();
    server.close();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(server.data()).doesNotExist();
  }

  @Test
  void stops_and_leaves_nothing_behind_when_its_jvm_is_killed() throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      long pid = Long.parseLong(out.readLine());
      Path data = Path.of(out.readLine());
      assertThat(ProcessHandle.of(pid)).isPresent();
      child.destroyForcibly().waitFor();
      Await.until("the server ends", () -> ProcessHandle.of(pid).isEmpty());
      Await.until("its directory is gone", () -> !Files.exists(data));
    }
  }

  /** A JVM that holds a server until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      PostgresServer server = PostgresServer.start(PostgresVersion.V18, ServerOptions.NONE);
      System.out.println(server.pid());
      System.out.println(server.data());
      System.in.read();
    }
  }
}
