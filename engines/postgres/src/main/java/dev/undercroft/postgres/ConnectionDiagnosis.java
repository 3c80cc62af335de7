package dev.undercroft.postgres;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says why a connection could not be made. Texts of the driver and of the server come in any
 * language, so that only types of exceptions, SQLSTATEs and names of server routines count.
 */
final class ConnectionDiagnosis {

  private static final Set<String> PASSING =
      Set.of(
          "POSTGRES_REFUSED",
          "POSTGRES_TIMEOUT",
          "POSTGRES_UNREACHABLE",
          "POSTGRES_CONNECTION_LOST",
          "POSTGRES_STARTING",
          "POSTGRES_TOO_MANY_CONNECTIONS");

  private final PostgresAddress address;
  private final TlsDiagnosis tls;

  ConnectionDiagnosis(PostgresAddress address) {
    this.address = address;
    this.tls = new TlsDiagnosis(address);
  }

  static boolean isPassing(Problem problem) {
    return PASSING.contains(problem.code());
  }

  Problem of(SQLException failure) {
    Problem problem =
        serverMessage(failure)
            .map(message -> fromServer(message))
            .or(() -> fromNetwork(failure))
            .or(() -> tls.of(failure))
            .orElseGet(() -> fromDriver(failure));
    return problem.with("address", address.display());
  }

  private static Optional<ServerErrorMessage> serverMessage(SQLException failure) {
    return failure instanceof PSQLException server
        ? Optional.ofNullable(server.getServerErrorMessage())
        : Optional.empty();
  }

  private Problem fromServer(ServerErrorMessage message) {
    String state = String.valueOf(message.getSQLState());
    return switch (state) {
      case "28P01" ->
          problem(
                  "POSTGRES_WRONG_PASSWORD",
                  ProblemKind.INPUT,
                  "the password for the role " + address.user() + " is wrong, or it does not exist")
              .withRemedy(
                  "Correct user and password in the URL; special characters in it are"
                      + " percent-encoded. To set it: ALTER ROLE … PASSWORD …");
      case "28000" -> fromAuthorization(message);
      case "3D000" ->
          problem(
                  "POSTGRES_NO_DATABASE",
                  ProblemKind.NOT_FOUND,
                  "the database " + address.database() + " does not exist on " + address.servers())
              .withRemedy("Create it with CREATE DATABASE, or correct its name in the URL.");
      case "42501" ->
          problem(
                  "POSTGRES_NOT_ADMITTED",
                  ProblemKind.FORBIDDEN,
                  "the role "
                      + address.user()
                      + " may not connect to the database "
                      + address.database())
              .withRemedy("An administrator runs: GRANT CONNECT ON DATABASE … TO …");
      default -> fromBusyServer(state, message);
    };
  }

  private Problem fromBusyServer(String state, ServerErrorMessage message) {
    return switch (state) {
      case "53300" ->
          problem(
                  "POSTGRES_TOO_MANY_CONNECTIONS",
                  ProblemKind.EXHAUSTED,
                  "the server " + address.servers() + " has no connection free")
              .withRemedy(
                  "Close clients, lower connection_limit in their URLs, or raise max_connections"
                      + " of the server.");
      case "57P03", "57P01", "57P02" ->
          problem(
                  "POSTGRES_STARTING",
                  ProblemKind.EXTERNAL,
                  "the server " + address.servers() + " is starting, stopping or recovering")
              .withRemedy("Try again in a moment; its log says how far it is.");
      case "55000" ->
          problem(
                  "POSTGRES_DATABASE_CLOSED",
                  ProblemKind.CONFLICT,
                  "the database " + address.database() + " accepts no connections")
              .withRemedy("An administrator runs: ALTER DATABASE … ALLOW_CONNECTIONS true");
      default ->
          problem(
                  "POSTGRES_CONNECTION_REFUSED_BY_SERVER",
                  ProblemKind.EXTERNAL,
                  "the server " + address.servers() + " ended the connection with " + state)
              .withDetail(String.valueOf(message.getMessage()))
              .withRemedy("Correct what it names; options and schema in the URL count too.");
    };
  }

  private Problem fromAuthorization(ServerErrorMessage message) {
    if (String.valueOf(message.getRoutine()).equals("InitializeSessionUserId")) {
      return problem(
              "POSTGRES_NO_ROLE",
              ProblemKind.INPUT,
              "the role " + address.user() + " does not exist or may not log in")
          .withRemedy("An administrator runs: CREATE ROLE … LOGIN PASSWORD …");
    }
    return tls.required()
        .orElseGet(() ->
            problem(
                    "POSTGRES_NOT_ADMITTED",
                    ProblemKind.FORBIDDEN,
                    "the server "
                        + address.servers()
                        + " admits the role "
                        + address.user()
                        + " to the database "
                        + address.database()
                        + " not from this machine")
                .withDetail(String.valueOf(message.getMessage()))
                .withRemedy("An administrator adds a line to pg_hba.conf and reloads it."));
  }

  private Optional<Problem> fromNetwork(SQLException failure) {
    if (has(failure, UnknownHostException.class)) {
      return Optional.of(
          problem(
                  "POSTGRES_UNKNOWN_HOST",
                  ProblemKind.INPUT,
                  "there is no machine with the name in " + address.servers())
              .withRemedy("Correct the host in the URL, or the name service of this machine."));
    }
    if (has(failure, NoRouteToHostException.class)) {
      return Optional.of(
          problem(
                  "POSTGRES_UNREACHABLE",
                  ProblemKind.EXTERNAL,
                  "no way leads from here to " + address.servers())
              .withRemedy("Check the network, the VPN and the firewall."));
    }
    if (has(failure, ConnectException.class)) {
      return Optional.of(
          problem(
                  "POSTGRES_REFUSED",
                  ProblemKind.EXTERNAL,
                  "nothing listens on " + address.servers() + ": connection refused")
              .withRemedy(
                  "Start the server, or correct host and port in the URL; the server's"
                      + " listen_addresses must include the address."));
    }
    if (has(failure, SocketTimeoutException.class) || isLoginTimeout(failure)) {
      return Optional.of(
          problem(
                  "POSTGRES_TIMEOUT",
                  ProblemKind.EXTERNAL,
                  "no answer from " + address.servers() + " within " + timeout() + " s")
              .withRemedy(
                  "Check host, network and firewall; give it more time with connect_timeout."));
    }
    return Optional.empty();
  }

  private String timeout() {
    return address.parameter(PostgresParameter.CONNECT_TIMEOUT).orElse("10");
  }

  /** The driver's own clock for the whole login; it throws this state without a cause. */
  private static boolean isLoginTimeout(SQLException failure) {
    return PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState().equals(failure.getSQLState())
        && failure.getCause() == null;
  }

  private Problem fromDriver(SQLException failure) {
    boolean noPassword =
        address.password().isEmpty()
            && PSQLState.CONNECTION_REJECTED.getState().equals(failure.getSQLState());
    if (noPassword) {
      return problem(
              "POSTGRES_NO_PASSWORD",
              ProblemKind.INPUT,
              "the server asks for a password, and the URL has none")
          .withRemedy("Put it into the URL: postgres://" + address.user() + ":password@…");
    }
    if (has(failure, IOException.class)) {
      return tls.otherProtocol()
          .orElseGet(() ->
              problem(
                      "POSTGRES_CONNECTION_LOST",
                      ProblemKind.EXTERNAL,
                      "the connection to " + address.servers() + " broke")
                  .withRemedy("The server's log says why; try again."));
    }
    return tls.otherProtocol()
        .orElseGet(() ->
            problem(
                    "POSTGRES_CONNECTION_FAILED",
                    ProblemKind.EXTERNAL,
                    "no connection to " + address.servers())
                .withDetail(failure.getSQLState() + ": " + failure.getMessage())
                .withRemedy("Correct what the detail names."));
  }

  static Problem problem(String code, ProblemKind kind, String message) {
    return Problem.of(code, kind, message);
  }

  /** Whether such an exception is among the causes. */
  static boolean has(Throwable failure, Class<? extends Throwable> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /** Whether the other side showed a certificate that is not believed. */
  static boolean isAboutCertificate(Throwable failure) {
    return has(failure, CertificateException.class)
        || has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class);
  }

  /** Whether the failure is one of TLS at all. */
  static boolean isAboutTls(Throwable failure) {
    return has(failure, SSLException.class) || isAboutCertificate(failure);
  }
}
