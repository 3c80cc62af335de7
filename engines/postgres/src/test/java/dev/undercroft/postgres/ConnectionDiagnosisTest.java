package dev.undercroft.postgres;

import static dev.undercroft.postgres.ConnectionProblems.codeOf;
import static dev.undercroft.postgres.ConnectionProblems.source;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.base.Problem;
import dev.undercroft.testkit.Await;
import dev.undercroft.testkit.DatabaseTest;
import dev.undercroft.testkit.EachServer;
import dev.undercroft.testkit.PostgresDatabase;
import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DatabaseTest
class ConnectionDiagnosisTest {

  @EachServer
  void a_right_url_connects_with_utc_and_the_name_of_its_purpose(PostgresDatabase database)
      throws Exception {
    try (Connection connection = source(database.url()).open();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT current_setting('TimeZone') || ' ' ||"
                        + " current_setting('application_name')")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("UTC a test");
    }
  }

  @EachServer
  @Tag("SF-154")
  void a_wrong_password(PostgresDatabase database) {
    Problem problem = ConnectionProblems.of(database.url(database.user(), "sekret"));
    assertThat(problem.code()).isEqualTo("POSTGRES_WRONG_PASSWORD");
    assertThat(problem.message()).contains(database.user());
  }

  @EachServer
  void a_missing_role_is_told_like_a_wrong_password_as_the_server_does(PostgresDatabase database) {
    assertThat(codeOf(database.url("nobody_here", "sekret"))).isEqualTo("POSTGRES_WRONG_PASSWORD");
  }

  @EachServer
  void no_password(PostgresDatabase database) {
    String url = database.url(database.user(), "");
    assertThat(codeOf(url)).isEqualTo("POSTGRES_NO_PASSWORD");
  }

  @EachServer
  void a_role_that_may_not_log_in(PostgresDatabase database) throws Exception {
    database.execute("CREATE ROLE shop_owner NOLOGIN PASSWORD 'sekret'");
    assertThat(codeOf(database.url("shop_owner", "sekret"))).isEqualTo("POSTGRES_NO_ROLE");
  }

  @EachServer
  void a_role_without_the_right_to_connect(PostgresDatabase database) throws Exception {
    database.execute(
        "CREATE ROLE shop_app LOGIN PASSWORD 'sekret'",
        "REVOKE CONNECT ON DATABASE \"" + database.name() + "\" FROM PUBLIC");
    assertThat(codeOf(database.url("shop_app", "sekret"))).isEqualTo("POSTGRES_NOT_ADMITTED");
  }

  @EachServer
  void no_such_database(PostgresDatabase database) {
    Problem problem = ConnectionProblems.of(database.url().replace(database.name(), "nowhere"));
    assertThat(problem.code()).isEqualTo("POSTGRES_NO_DATABASE");
    assertThat(problem.message()).contains("nowhere");
  }

  @EachServer
  void a_database_that_is_closed(PostgresDatabase database) throws Exception {
    try (Connection connection = database.server().connect();
        var statement = connection.createStatement()) {
      statement.execute("ALTER DATABASE \"" + database.name() + "\" ALLOW_CONNECTIONS false");
    }
    assertThat(codeOf(database.url())).isEqualTo("POSTGRES_DATABASE_CLOSED");
  }

  @EachServer
  void an_option_the_server_does_not_know(PostgresDatabase database) {
    Problem problem = ConnectionProblems.of(database.url() + "?options=-c%20no_such%3D1");
    assertThat(problem.code()).isEqualTo("POSTGRES_CONNECTION_REFUSED_BY_SERVER");
    assertThat(problem.detail()).contains("no_such");
  }

  @Test
  @Tag("SF-154")
  void an_unknown_host() {
    assertThat(codeOf("postgres://u:sekret@no-such-host.invalid/d"))
        .isEqualTo("POSTGRES_UNKNOWN_HOST");
  }

  @Test
  @Tag("EP-082")
  @Tag("SF-154")
  void a_refused_connection() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Problem problem = ConnectionProblems.of("postgres://u:sekret@127.0.0.1:" + port + "/d");
    assertThat(problem.code()).isEqualTo("POSTGRES_REFUSED");
    assertThat(problem.message()).contains("127.0.0.1:" + port);
    assertThat(source("postgres://u@h/d").isPassing(problem)).isTrue();
  }

  @Test
  @Tag("EP-083")
  void a_server_that_does_not_answer() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      String url =
          "postgres://u:sekret@127.0.0.1:" + silent.getLocalPort() + "/d?connect_timeout=1";
      Problem problem = ConnectionProblems.of(url);
      assertThat(problem.code()).isEqualTo("POSTGRES_TIMEOUT");
      assertThat(problem.message()).contains("within 1 s");
    }
  }

  @Test
  void something_that_is_not_postgresql() throws Exception {
    ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread answers = Thread.ofVirtual().start(() -> answer(web));
    try {
      String url = "postgres://u:sekret@127.0.0.1:" + web.getLocalPort() + "/d?connect_timeout=5";
      assertThat(codeOf(url)).isEqualTo("POSTGRES_OTHER_PROTOCOL");
    } finally {
      web.close();
      answers.join();
    }
  }

  private static void answer(ServerSocket web) {
    while (!web.isClosed()) {
      try (Socket socket = web.accept()) {
        socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
        socket.getOutputStream().flush();
        socket.getInputStream().readNBytes(8);
      } catch (IOException closed) {
        // Either side may end it at any time.
      }
    }
  }

  @Test
  void a_server_without_a_free_connection() throws Exception {
    ServerOptions few =
        ServerOptions.NONE
            .with("max_connections", "4")
            .with("superuser_reserved_connections", "0")
            .with("max_wal_senders", "0")
            .with("wal_level", "replica");
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V15, few)) {
      List<Connection> taken = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        taken.add(server.connect());
      }
      String url = server.url(PostgresServer.USER, PostgresServer.PASSWORD, "postgres");
      assertThat(codeOf(url)).isEqualTo("POSTGRES_TOO_MANY_CONNECTIONS");
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  @Test
  void a_server_that_is_shutting_down() throws Exception {
    try (PostgresServer server = PostgresServer.start(PostgresVersion.V18, ServerOptions.NONE);
        Connection open = server.connect()) {
      assertThat(open.isValid(5)).isTrue();
      ProcessHandle.of(server.pid()).orElseThrow().destroy();
      String url = server.url(PostgresServer.USER, PostgresServer.PASSWORD, "postgres");
      Await.until("it begins to stop", () -> server.log().contains("smart shutdown"));
      assertThat(codeOf(url)).isEqualTo("POSTGRES_STARTING");
    }
  }
}
