package dev.undercroft.embedded;

import static dev.undercroft.embedded.TestHome.execute;
import static dev.undercroft.embedded.TestHome.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.undercroft.embedded.EmbeddedServer.Arrival;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedServerTest {

  @Test
  void is_made_started_stopped_and_started_again_with_its_data_and_its_port() throws Exception {
    try (TestHome home = new TestHome()) {
      int port;
      try (EmbeddedServer first = home.start()) {
        port = first.port();
        assertThat(first.arrival()).isEqualTo(Arrival.CREATED);
        assertThat(value(first, "SHOW server_version")).isEqualTo(first.version());
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");
      }
      try (EmbeddedServer second = home.start()) {
        assertThat(second.arrival()).isEqualTo(Arrival.STARTED);
        assertThat(second.port()).isEqualTo(port);
        assertThat(value(second, "SELECT answer FROM kept")).isEqualTo("42");
      }
    }
  }

  @Test
  void has_the_settings_that_backup_measurement_and_safety_need() throws Exception {
    try (TestHome home = new TestHome();
        EmbeddedServer server = home.start()) {
      assertThat(value(server, "SHOW data_checksums")).isEqualTo("on");
      assertThat(value(server, "SHOW wal_level")).isEqualTo("logical");
      assertThat(value(server, "SHOW summarize_wal")).isEqualTo("on");
      assertThat(value(server, "SHOW track_io_timing")).isEqualTo("on");
      assertThat(value(server, "SHOW shared_preload_libraries")).isEqualTo("pg_stat_statements");
      assertThat(value(server, "SHOW max_connections")).isEqualTo("20");
      assertThat(value(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(
              value(
                  server,
                  "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database"
                      + " WHERE datname = 'template1'"))
          .isEqualTo("b C.UTF-8");
      assertThat(value(server, "SHOW config_file")).startsWith(home.data().toString());
      assertThat(
              value(server, "SELECT string_agg(name, ',') FROM pg_file_settings WHERE error <> ''"))
          .isNull();
    }
  }

  @Test
  void believes_nobody_without_a_password() throws Exception {
    try (TestHome home = new TestHome();
        EmbeddedServer server = home.start()) {
      assertThat(
              value(
                  server,
                  "SELECT string_agg(DISTINCT auth_method, ',') FROM pg_hba_file_rules"
                      + " WHERE error IS NULL"))
          .isEqualTo("scram-sha-256");
      assertThat(value(server, "SELECT count(*) FROM pg_hba_file_rules WHERE error IS NOT NULL"))
          .isEqualTo("0");
      assertThat(value(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1,::1");
      String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres";
      assertThatThrownBy(
              () -> DriverManager.getConnection(url, server.superuser(), "guess").close())
          .hasMessageContaining("password authentication failed");
      assertThat(Files.getPosixFilePermissions(server.passwordFile()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.readString(server.passwordFile()).strip())
          .isEqualTo(server.password().reveal())
          .hasSizeGreaterThanOrEqualTo(32);
    }
  }

  @Test
  void no_value_of_a_statement_reaches_the_log() throws Exception {
    try (TestHome home = new TestHome()) {
      EmbeddedServer server = home.start();
      execute(server, "CREATE TABLE t (v text PRIMARY KEY)");
      execute(server, "INSERT INTO t VALUES ('hunter2')");
      assertThatThrownBy(() -> execute(server, "INSERT INTO t VALUES ('hunter2')"))
          .hasMessageContaining("t_pkey");
      assertThatThrownBy(() -> execute(server, "ALTER ROLE nobody PASSWORD 'hunter2'")).isNotNull();
      server.close();
      assertThat(Files.readString(server.logFile().orElseThrow()))
          .contains("t_pkey")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void runs_unprivileged_and_in_a_session_of_its_own() throws Exception {
    try (TestHome home = new TestHome();
        EmbeddedServer server = home.start()) {
      String user =
          ProcessHandle.of(server.pid()).flatMap(handle -> handle.info().user()).orElseThrow();
      assertThat(user).isNotEqualTo("root").isEqualTo(ServerAccount.current().name());
      // Field 6 of /proc/PID/stat is the session; see proc(5).
      String stat = Files.readString(java.nio.file.Path.of("/proc/" + server.pid() + "/stat"));
      assertThat(stat.substring(stat.indexOf(')') + 2).split(" ", -1)[3])
          .isEqualTo(String.valueOf(server.pid()));
    }
  }

  @Test
  void stops_although_a_session_is_open() throws Exception {
    try (TestHome home = new TestHome()) {
      EmbeddedServer server = home.start();
      try (var open = TestHome.connect(server)) {
        open.setAutoCommit(false);
        open.createStatement().execute("CREATE TABLE never_committed (id int)");
        assertThat(server.stop(Duration.ofSeconds(30))).isTrue();
        assertThat(server.isAlive()).isFalse();
      }
      try (EmbeddedServer again = home.start()) {
        assertThat(value(again, "SELECT to_regclass('never_committed')")).isNull();
      }
    }
  }
}
