package dev.undercroft.embedded;

import static dev.undercroft.embedded.TestHome.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.Progress;
import dev.undercroft.embedded.EmbeddedServer.Arrival;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class HindranceTest {

  private static final Path POSTGRESQL_15 = Path.of("/usr/lib/postgresql/15");

  private static Problem problem(EmbeddedSettings settings) {
    Problem problem =
        catchThrowableOfType(
                ProblemException.class, () -> EmbeddedServer.start(settings, Progress.NONE).close())
            .first();
    assertThat(problem.remedy()).isNotEmpty();
    return problem;
  }

  @Test
  void data_of_an_older_major_version_is_refused_and_stays_usable() throws Exception {
    try (TestHome home = new TestHome()) {
      EmbeddedSettings old = home.settings().withBinaries(POSTGRESQL_15);
      try (EmbeddedServer server = EmbeddedServer.start(old, Progress.NONE)) {
        assertThat(server.version()).startsWith("15.");
        TestHome.execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
      }
      Problem refused = problem(home.settings());
      assertThat(refused.code()).isEqualTo("EMBEDDED_OTHER_MAJOR");
      assertThat(refused.message()).contains("PostgreSQL 15").contains("18");
      assertThat(refused.remedy()).contains("engine.binaries").contains("pg_dump");
      try (EmbeddedServer server = EmbeddedServer.start(old, Progress.NONE)) {
        assertThat(value(server, "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void a_folder_of_somebody_else_is_refused_and_not_touched() throws Exception {
    try (TestHome home = new TestHome()) {
      Files.createDirectories(home.data());
      Path letter = Files.writeString(home.data().resolve("letter.txt"), "dear");
      assertThat(problem(home.settings()).code()).isEqualTo("EMBEDDED_FOREIGN_DIRECTORY");
      try (var files = Files.list(home.data())) {
        assertThat(files).containsExactly(letter);
      }
    }
  }

  @Test
  void an_empty_folder_is_taken() throws Exception {
    try (TestHome home = new TestHome()) {
      Files.createDirectories(home.data());
      try (EmbeddedServer server = home.start()) {
        assertThat(server.arrival()).isEqualTo(Arrival.CREATED);
      }
    }
  }

  @Test
  void a_port_that_must_be_and_is_taken_is_a_problem() throws Exception {
    try (TestHome home = new TestHome();
        ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Problem taken = problem(home.settings().withPort(other.getLocalPort()));
      assertThat(taken.code()).isEqualTo("EMBEDDED_PORT_TAKEN");
      assertThat(taken.message()).contains(String.valueOf(other.getLocalPort()));
    }
  }

  @Test
  void a_remembered_port_that_is_taken_gives_way_to_another() throws Exception {
    try (TestHome home = new TestHome()) {
      int port;
      try (EmbeddedServer first = home.start()) {
        port = first.port();
      }
      try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
          EmbeddedServer second = home.start()) {
        assertThat(second.port()).isNotEqualTo(other.getLocalPort());
      }
    }
  }

  @Test
  void a_home_that_cannot_be_written_is_a_problem() throws Exception {
    try (TestHome home = new TestHome()) {
      Files.writeString(home.path(), "a file where the folder should be");
      assertThat(problem(home.settings()).code()).isEqualTo("EMBEDDED_NOT_WRITABLE");
    }
  }

  @Test
  void a_disk_that_is_too_small_is_a_problem() throws Exception {
    try (TestHome home = new TestHome()) {
      Files.createDirectories(home.path());
      ServerPlace place = new ServerPlace(home.path(), home.path());
      place.checkSpace(1);
      Problem full =
          catchThrowableOfType(ProblemException.class, () -> place.checkSpace(1L << 60)).first();
      assertThat(full.code()).isEqualTo("EMBEDDED_DISK_FULL");
      assertThat(full.message()).contains("1048576 TB").contains(home.path().toString());
    }
  }

  @Test
  void what_the_programs_say_of_a_full_or_read_only_disk_is_understood() throws Exception {
    try (TestHome home = new TestHome()) {
      ServerPlace place = new ServerPlace(home.path(), home.path());
      assertThat(
              StartFailure.ofInit(
                      place,
                      "FATAL:  could not write to file \"pg_wal/xlogtemp.1\": No space left on"
                          + " device")
                  .first()
                  .code())
          .isEqualTo("EMBEDDED_DISK_FULL");
      assertThat(
              StartFailure.ofInit(
                      place,
                      "FATAL:  could not create lock file \"postmaster.pid\": Read-only file"
                          + " system")
                  .first()
                  .code())
          .isEqualTo("EMBEDDED_NOT_WRITABLE");
    }
  }

  @Test
  void data_of_another_user_is_refused() throws Exception {
    try (TestHome home = new TestHome()) {
      home.start().close();
      String mine = ServerAccount.current().name();
      ServerPlace place = new ServerPlace(home.path(), home.path());
      ServerBinaries binaries = ServerBinaries.bundled(CacheFolder.ofThisProcess());
      ServerAccount stranger = new ServerAccount("stranger", "stranger", false);
      Problem refused =
          catchThrowableOfType(
                  ProblemException.class,
                  () ->
                      new ClusterInit(place, binaries, stranger)
                          .ensure(dev.undercroft.base.Secret.of("x")))
              .first();
      assertThat(refused.code()).isEqualTo("EMBEDDED_OTHER_OWNER");
      assertThat(refused.message()).contains("user " + mine).contains("stranger");
    }
  }

  @Test
  void a_lost_password_is_told_and_nothing_is_changed() throws Exception {
    try (TestHome home = new TestHome()) {
      Path file;
      String password;
      try (EmbeddedServer server = home.start()) {
        file = server.passwordFile();
        password = Files.readString(file);
      }
      Files.delete(file);
      Problem lost = problem(home.settings());
      assertThat(lost.code()).isEqualTo("EMBEDDED_PASSWORD_LOST");
      assertThat(lost.remedy()).contains("--single").contains("ALTER ROLE postgres");
      assertThat(file).doesNotExist();
      Files.writeString(file, password);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(problem(home.settings()).code()).isEqualTo("EMBEDDED_SECRET_OPEN");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
      home.start().close();
    }
  }

  @Test
  void a_home_the_servers_user_cannot_enter_keeps_its_data_elsewhere() throws Exception {
    try (TestHome home = new TestHome()) {
      Files.createDirectories(home.path());
      Files.setPosixFilePermissions(
          home.path().getParent(), PosixFilePermissions.fromString("rwx------"));
      Path data;
      try (EmbeddedServer server = home.start()) {
        data = server.data();
        assertThat(data.startsWith(ServerPlace.SHARED))
            .isEqualTo(ServerAccount.current().isSwitched());
        assertThat(value(server, "SELECT 1")).isEqualTo("1");
      }
      try (EmbeddedServer server = home.start()) {
        assertThat(server.arrival()).isEqualTo(Arrival.STARTED);
        assertThat(server.data()).isEqualTo(data);
      }
      if (data.startsWith(ServerPlace.SHARED)) {
        Folders.delete(data.getParent());
        assertThat(problem(home.settings()).code()).isEqualTo("EMBEDDED_DATA_MISSING");
      }
    }
  }
}
