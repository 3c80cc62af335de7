package dev.undercroft.postgres;

import dev.undercroft.access.HostPort;
import dev.undercroft.access.PostgresAddress;
import dev.undercroft.access.PostgresParameter;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** Says to the driver what an address says. */
final class DriverSettings {

  /** Seconds for making a connection to one host when the address does not say. */
  private static final int CONNECT_TIMEOUT = 10;

  private static final String SYSTEM_TRUST = "org.postgresql.ssl.DefaultJavaSSLFactory";

  private DriverSettings() {}

  static PGSimpleDataSource dataSource(PostgresAddress address, String purpose) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(address.hosts().stream().map(HostPort::urlHost).toArray(String[]::new));
    source.setPortNumbers(address.hosts().stream().mapToInt(HostPort::port).toArray());
    source.setDatabaseName(address.database());
    source.setUser(address.user());
    source.setPassword(address.password().reveal());
    try {
      set(source, PGProperty.APPLICATION_NAME, purpose);
      timeouts(source, address, CONNECT_TIMEOUT);
      set(source, PGProperty.TCP_KEEP_ALIVE, "true");
      for (Map.Entry<PostgresParameter, String> one : address.parameters().entrySet()) {
        apply(source, address, one.getKey(), one.getValue());
      }
      trust(source, address);
    } catch (SQLException e) {
      throw Problem.of(
              "POSTGRES_DRIVER_REFUSED",
              ProblemKind.INPUT,
              "the driver does not take the parameters of " + address.display())
          .withDetail(String.valueOf(e.getMessage()))
          .withRemedy("Remove the parameter from the URL.")
          .exception(e);
    }
    return source;
  }

  /** A physical replication connection: simple queries only, and no questions before them. */
  static PGSimpleDataSource replication(PostgresAddress address) {
    PGSimpleDataSource source = dataSource(address, "undercroft log receiver");
    try {
      set(source, PGProperty.REPLICATION, "true");
      set(source, PGProperty.PREFER_QUERY_MODE, "simple");
      set(source, PGProperty.ASSUME_MIN_SERVER_VERSION, "15");
    } catch (SQLException constants) {
      throw new IllegalStateException("the driver knows no replication", constants);
    }
    return source;
  }

  private static void set(PGSimpleDataSource source, PGProperty property, String value)
      throws SQLException {
    source.setProperty(property, value);
  }

  private static void timeouts(PGSimpleDataSource source, PostgresAddress address, int seconds)
      throws SQLException {
    set(source, PGProperty.CONNECT_TIMEOUT, String.valueOf(seconds));
    int all = seconds * address.hosts().size();
    set(source, PGProperty.LOGIN_TIMEOUT, String.valueOf(all));
  }

  private static void apply(
      PGSimpleDataSource source, PostgresAddress address, PostgresParameter name, String value)
      throws SQLException {
    switch (name) {
      case SSLMODE -> set(source, PGProperty.SSL_MODE, value);
      case SSLROOTCERT, CLIENT_ENCODING -> {
        // The first is looked at together with the mode; the driver speaks UTF-8 only.
      }
      case SSLCERT -> set(source, PGProperty.SSL_CERT, value);
      case SSLKEY -> set(source, PGProperty.SSL_KEY, value);
      case SSLPASSWORD -> set(source, PGProperty.SSL_PASSWORD, value);
      case SSLNEGOTIATION -> set(source, PGProperty.SSL_NEGOTIATION, value);
      case CHANNEL_BINDING -> set(source, PGProperty.CHANNEL_BINDING, value);
      case GSSENCMODE -> set(source, PGProperty.GSS_ENC_MODE, value);
      case CONNECT_TIMEOUT -> timeouts(source, address, Integer.parseInt(value));
      case SOCKET_TIMEOUT -> set(source, PGProperty.SOCKET_TIMEOUT, value);
      case APPLICATION_NAME -> set(source, PGProperty.APPLICATION_NAME, value);
      case OPTIONS -> set(source, PGProperty.OPTIONS, value);
      case SCHEMA -> set(source, PGProperty.CURRENT_SCHEMA, value);
      case TARGET_SESSION_ATTRS -> set(source, PGProperty.TARGET_SERVER_TYPE, serverType(value));
      case LOAD_BALANCE_HOSTS ->
          set(source, PGProperty.LOAD_BALANCE_HOSTS, String.valueOf(value.equals("random")));
      case KEEPALIVES -> set(source, PGProperty.TCP_KEEP_ALIVE, value);
      case PGBOUNCER -> set(source, PGProperty.PREPARE_THRESHOLD, value.equals("true") ? "0" : "5");
      case STATEMENT_CACHE_SIZE -> set(source, PGProperty.PREPARED_STATEMENT_CACHE_QUERIES, value);
      case PREPARE_THRESHOLD -> set(source, PGProperty.PREPARE_THRESHOLD, value);
      case REWRITE_BATCHED_INSERTS -> set(source, PGProperty.REWRITE_BATCHED_INSERTS, value);
      case DEFAULT_ROW_FETCH_SIZE -> set(source, PGProperty.DEFAULT_ROW_FETCH_SIZE, value);
      case CONNECTION_LIMIT, POOL_MIN, POOL_TIMEOUT, POOL_IDLE_TIMEOUT, POOL_MAX_LIFETIME -> {
        // The pool's, not the driver's.
      }
    }
  }

  private static String serverType(String value) {
    return switch (value) {
      case "read-write", "primary" -> "primary";
      case "read-only", "standby" -> "secondary";
      case "prefer-standby" -> "preferSecondary";
      default -> "any";
    };
  }

  /**
   * Whom a verifying connection trusts: the named file, else libpq's {@code
   * ~/.postgresql/root.crt}, else whom this Java runtime trusts.
   */
  private static void trust(PGSimpleDataSource source, PostgresAddress address)
      throws SQLException {
    String file = address.parameter(PostgresParameter.SSLROOTCERT).orElse("");
    boolean verifies =
        address.parameter(PostgresParameter.SSLMODE).orElse("").startsWith("verify-");
    Path usual = Path.of(System.getProperty("user.home"), ".postgresql", "root.crt");
    if (file.equals("system") || (file.isEmpty() && verifies && !Files.exists(usual))) {
      set(source, PGProperty.SSL_FACTORY, SYSTEM_TRUST);
    } else if (!file.isEmpty()) {
      set(source, PGProperty.SSL_ROOT_CERT, file);
    }
  }
}
