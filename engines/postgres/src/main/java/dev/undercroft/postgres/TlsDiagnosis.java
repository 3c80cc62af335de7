package dev.undercroft.postgres;

import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.postgresql.util.GT;

/** Says what about TLS kept a connection from being made. */
record TlsDiagnosis(PostgresAddress address) {

  private static final Set<String> INSISTING = Set.of("require", "verify-ca", "verify-full");

  private String mode() {
    return address.parameter(PostgresParameter.SSLMODE).orElse("prefer");
  }

  Optional<Problem> of(SQLException failure) {
    if (ConnectionDiagnosis.isAboutCertificate(failure)) {
      return Optional.of(untrusted(failure));
    }
    if (INSISTING.contains(mode()) && isNotOffered(failure)) {
      return Optional.of(
          problem(
              "POSTGRES_TLS_NOT_OFFERED",
              "sslmode=" + mode() + " asks for TLS, and the server does not speak it",
              "Switch it on in the server (ssl = on), or use sslmode=disable in a network you"
                  + " trust."));
    }
    if (mode().equals("verify-full") && isOtherName(failure)) {
      return Optional.of(
          problem(
              "POSTGRES_TLS_OTHER_NAME",
              "the server's certificate was made for another name than " + address.servers(),
              "Use the name in the certificate as host, or sslmode=verify-ca if any name will"
                  + " do."));
    }
    if (isMissingFile(failure)) {
      return Optional.of(
          problem(
                  "POSTGRES_TLS_FILE",
                  "a certificate or key named in the URL cannot be read",
                  "Correct sslrootcert, sslcert and sslkey; a key is PKCS-8 DER or PKCS-12.")
              .withDetail(String.valueOf(failure.getMessage())));
    }
    return ConnectionDiagnosis.isAboutTls(failure)
        ? otherProtocol().or(() -> Optional.of(broken(failure)))
        : Optional.empty();
  }

  /** The driver's message in the language it speaks here. */
  private static boolean isNotOffered(SQLException failure) {
    return String.valueOf(failure.getMessage()).equals(GT.tr("The server does not support SSL."));
  }

  /** The driver throws this without a cause. */
  private boolean isOtherName(SQLException failure) {
    return address.hosts().stream()
        .anyMatch(server ->
            String.valueOf(failure.getMessage())
                .startsWith(
                    GT.tr(
                        "The hostname {0} could not be verified by hostnameverifier {1}.",
                        server.host(), "PgjdbcHostnameVerifier")));
  }

  private boolean isMissingFile(SQLException failure) {
    boolean named =
        address.parameters().containsKey(PostgresParameter.SSLROOTCERT)
            || address.parameters().containsKey(PostgresParameter.SSLCERT)
            || address.parameters().containsKey(PostgresParameter.SSLKEY);
    return named && ConnectionDiagnosis.has(failure, java.io.FileNotFoundException.class);
  }

  private Problem untrusted(SQLException failure) {
    return problem(
            "POSTGRES_TLS_UNTRUSTED",
            "the certificate of " + address.servers() + " is not trusted",
            "Name the certificate of its issuer in sslrootcert, or use sslrootcert=system for"
                + " public issuers.")
        .withDetail(deepest(failure));
  }

  private static String deepest(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  private Problem broken(SQLException failure) {
    return problem(
            "POSTGRES_TLS_FAILED",
            "TLS with " + address.servers() + " failed",
            "Check the server's TLS settings; sslmode=disable goes without it.")
        .withDetail(deepest(failure));
  }

  /** The server refused a connection without TLS, and it does speak TLS. */
  Optional<Problem> required() {
    boolean without = mode().equals("disable") || mode().equals("allow");
    if (!without || TlsProbe.ask(address.hosts().getFirst()) != TlsProbe.Answer.OFFERED) {
      return Optional.empty();
    }
    return Optional.of(
        problem(
            "POSTGRES_TLS_REQUIRED",
            "the server " + address.servers() + " does not admit connections without TLS",
            "Use sslmode=require, better verify-full, in the URL."));
  }

  /** What listens there is something else. */
  Optional<Problem> otherProtocol() {
    if (TlsProbe.ask(address.hosts().getFirst()) != TlsProbe.Answer.OTHER_PROTOCOL) {
      return Optional.empty();
    }
    return Optional.of(
        problem(
            "POSTGRES_OTHER_PROTOCOL",
            "what listens on " + address.servers() + " is not PostgreSQL",
            "Correct the port in the URL; PostgreSQL's is 5432."));
  }

  private static Problem problem(String code, String message, String remedy) {
    return Problem.of(code, ProblemKind.EXTERNAL, message).withRemedy(remedy);
  }
}
