package dev.undercroft.postgres;

import static dev.undercroft.postgres.ConnectionProblems.codeOf;
import static dev.undercroft.postgres.ConnectionProblems.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.undercroft.testkit.PostgresServer;
import dev.undercroft.testkit.PostgresVersion;
import dev.undercroft.testkit.ServerOptions;
import java.sql.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {

  private Certificates localhost;
  private Certificates other;
  private PostgresServer server;
  private PostgresServer otherName;
  private PostgresServer plain;

  @BeforeAll
  void start() throws Exception {
    localhost = Certificates.forName("localhost");
    other = Certificates.forName("other.example.org");
    server = PostgresServer.start(PostgresVersion.V15, tls(localhost));
    otherName = PostgresServer.start(PostgresVersion.V15, tls(other));
    plain = PostgresServer.start(PostgresVersion.V18, ServerOptions.NONE);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
    otherName.close();
    plain.close();
    localhost.delete();
    other.delete();
  }

  private static ServerOptions tls(Certificates certificates) {
    return ServerOptions.NONE
        .with("ssl", "on")
        .with("ssl_cert_file", certificates.certificate().toString())
        .with("ssl_key_file", certificates.key().toString())
        .withAuthentication("hostssl all all 127.0.0.1/32 scram-sha-256")
        .withAuthentication("hostnossl all all 127.0.0.1/32 reject");
  }

  private static String url(PostgresServer server, String query) {
    return server
            .url(PostgresServer.USER, PostgresServer.PASSWORD, "postgres")
            .replace("127.0.0.1", "localhost")
        + "?"
        + query;
  }

  private static boolean isEncrypted(String url) throws Exception {
    try (Connection connection = source(url).open();
        var rows =
            connection
                .createStatement()
                .executeQuery("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }

  @Test
  @Tag("EP-026")
  @Tag("EP-004")
  void tls_is_used_when_it_is_required() throws Exception {
    assertThat(isEncrypted(url(server, "sslmode=require"))).isTrue();
    assertThat(isEncrypted(url(server, "sslmode=require&channel_binding=require"))).isTrue();
    assertThat(isEncrypted(url(server, "sslmode=prefer"))).isTrue();
    assertThat(isEncrypted(url(plain, "sslmode=prefer"))).isFalse();
  }

  @Test
  @Tag("SC-065")
  void the_certificate_is_verified_when_that_is_asked_for() throws Exception {
    String root = "&sslrootcert=" + localhost.certificate();
    assertThat(isEncrypted(url(server, "sslmode=verify-full" + root))).isTrue();
    assertThat(isEncrypted(url(server, "sslmode=verify-ca" + root))).isTrue();
    assertThat(codeOf(url(otherName, "sslmode=verify-ca" + root)))
        .isEqualTo("POSTGRES_TLS_UNTRUSTED");
    assertThat(codeOf(url(server, "sslmode=verify-full&sslrootcert=system")))
        .isEqualTo("POSTGRES_TLS_UNTRUSTED");
  }

  @Test
  @Tag("EP-026")
  void a_server_without_tls_where_it_is_required() {
    assertThat(codeOf(url(plain, "sslmode=require"))).isEqualTo("POSTGRES_TLS_NOT_OFFERED");
  }

  @Test
  @Tag("SC-065")
  void a_server_that_requires_tls_from_a_client_without() {
    assertThat(codeOf(url(server, "sslmode=disable"))).isEqualTo("POSTGRES_TLS_REQUIRED");
  }

  @Test
  void a_certificate_for_another_name() {
    String query = "sslmode=verify-full&sslrootcert=" + other.certificate();
    assertThat(codeOf(url(otherName, query))).isEqualTo("POSTGRES_TLS_OTHER_NAME");
  }

  @Test
  void a_certificate_file_that_is_not_there() {
    assertThat(codeOf(url(server, "sslmode=verify-full&sslrootcert=/no/such/file")))
        .isEqualTo("POSTGRES_TLS_FILE");
  }
}
