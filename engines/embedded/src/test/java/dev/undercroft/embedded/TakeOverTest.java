package dev.undercroft.embedded;

import static dev.undercroft.embedded.TestHome.execute;
import static dev.undercroft.embedded.TestHome.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedServer.Arrival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeOverTest {

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void a_killed_process_leaves_a_server_that_the_next_one_takes_over() throws Exception {
    try (TestHome home = new TestHome();
        ChildProcess child = new ChildProcess(home)) {
      assertThat(child.answer()).isEqualTo("CREATED");
      long server = PidFile.read(home.data()).orElseThrow().pid();
      child.kill();
      assertThat(ProcessHandle.of(server)).isPresent();
      try (EmbeddedServer next = home.start()) {
        assertThat(next.arrival()).isEqualTo(Arrival.TAKEN_OVER);
        assertThat(next.pid()).isEqualTo(server);
        assertThat(value(next, "SELECT 1")).isEqualTo("1");
      }
      assertThat(new ServerProcesses(home.data()).living()).isEmpty();
    }
  }

  @Test
  void a_server_left_behind_with_other_settings_is_started_anew_with_its_data() throws Exception {
    try (TestHome home = new TestHome()) {
      EmbeddedServer first = home.start();
      execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
      long pid = first.pid();
      try (ChildProcess child = abandon(home, first)) {
        assertThat(child.answer()).isEqualTo("TAKEN_OVER");
        child.kill();
      }
      EmbeddedSettings other = home.settings().withMaxConnections(33);
      try (EmbeddedServer next = EmbeddedServer.start(other, Progress.NONE)) {
        assertThat(next.arrival()).isEqualTo(Arrival.STARTED);
        assertThat(next.pid()).isNotEqualTo(pid);
        assertThat(value(next, "SHOW max_connections")).isEqualTo("33");
        assertThat(value(next, "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
  }

  /** Lets go of the home without stopping the server, which then a child takes over. */
  private static ChildProcess abandon(TestHome home, EmbeddedServer server) throws Exception {
    server.abandon();
    return new ChildProcess(home);
  }

  @Test
  void a_server_left_behind_can_be_stopped_without_starting_one() throws Exception {
    try (TestHome home = new TestHome()) {
      assertThat(EmbeddedServer.stopLeft(home.settings(), Duration.ofSeconds(30))).isFalse();
      assertThat(home.path()).doesNotExist();
      EmbeddedServer server = home.start();
      assertThat(
              catchThrowableOfType(
                      ProblemException.class,
                      () -> EmbeddedServer.stopLeft(home.settings(), Duration.ofSeconds(30)))
                  .first()
                  .code())
          .isEqualTo("EMBEDDED_HELD");
      server.abandon();
      assertThat(EmbeddedServer.stopLeft(home.settings(), Duration.ofSeconds(30))).isTrue();
      assertThat(server.isAlive()).isFalse();
      assertThat(EmbeddedServer.stopLeft(home.settings(), Duration.ofSeconds(30))).isFalse();
    }
  }

  @Test
  void nothing_committed_is_lost_when_server_and_process_are_killed() throws Exception {
    try (TestHome home = new TestHome()) {
      EmbeddedServer first = home.start();
      execute(first, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id");
      try (Connection open = TestHome.connect(first)) {
        open.setAutoCommit(false);
        open.createStatement().execute("INSERT INTO kept VALUES (0)");
        kill(first.pid());
        first.abandon();
        try (EmbeddedServer next = home.start()) {
          assertThat(next.arrival()).isEqualTo(Arrival.STARTED);
          assertThat(value(next, "SELECT count(*) FROM kept")).isEqualTo("1000");
        }
      }
    }
  }

  @Test
  void a_second_process_is_told_who_holds_the_first() throws Exception {
    try (TestHome home = new TestHome();
        ChildProcess child = new ChildProcess(home)) {
      assertThat(child.answer()).isEqualTo("CREATED");
      Problem problem = catchThrowableOfType(ProblemException.class, home::start).first();
      assertThat(problem.code()).isEqualTo("EMBEDDED_HELD");
      assertThat(problem.message())
          .contains("pid " + child.pid())
          .contains("since 20")
          .contains("http://localhost:8000");
    }
  }

  @Test
  void the_same_process_cannot_hold_it_twice() throws Exception {
    try (TestHome home = new TestHome();
        EmbeddedServer first = home.start()) {
      Problem problem = catchThrowableOfType(ProblemException.class, home::start).first();
      assertThat(problem.code()).isEqualTo("EMBEDDED_HELD");
      assertThat(value(first, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void a_pid_file_that_names_a_stranger_does_not_hinder() throws Exception {
    try (TestHome home = new TestHome()) {
      home.start().close();
      Process stranger =
          new ProcessBuilder(ServerAccount.current().command(List.of("sleep", "60"))).start();
      try {
        Path file = home.data().resolve(PidFile.NAME);
        Files.writeString(file, stranger.pid() + "\n" + home.data() + "\n1\n5432\n\n\n\n ready\n");
        ServerAccount.current().own(file);
        try (EmbeddedServer next = home.start()) {
          assertThat(next.arrival()).isEqualTo(Arrival.STARTED);
        }
        assertThat(stranger.isAlive()).isTrue();
      } finally {
        stranger.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void a_pid_file_without_a_process_does_not_hinder() throws Exception {
    try (TestHome home = new TestHome()) {
      home.start().close();
      Files.writeString(home.data().resolve(PidFile.NAME), "2147483646\n");
      try (EmbeddedServer next = home.start()) {
        assertThat(value(next, "SELECT 1")).isEqualTo("1");
      }
    }
  }
}
