package dev.undercroft.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.undercroft.access.DatabaseUrl;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Tries to connect and says why it could not. */
final class ConnectionProblems {

  private ConnectionProblems() {}

  static PostgresConnections source(String url) {
    return new PostgresConnections(
        (PostgresAddress) DatabaseUrl.parse(url, Path.of("/")), "a test");
  }

  /** The problem of connecting; its parts show no password and say what to do. */
  static Problem of(String url) {
    Problem problem = catchThrowableOfType(ProblemException.class, () -> connectTo(url)).first();
    assertThat(problem.toString()).doesNotContain(PostgresServer.PASSWORD).doesNotContain("sekret");
    assertThat(problem.remedy()).isNotEmpty();
    return problem;
  }

  static String codeOf(String url) {
    return of(url).code();
  }

  static void connectTo(String url) throws SQLException {
    try (Connection connection = source(url).open()) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
