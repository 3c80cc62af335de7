package dev.undercroft.access;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a PostgreSQL URL may say after its question mark, under the names of libpq, of the JDBC
 * driver and of Prisma. Sources: PostgreSQL manual, "Connection Strings"; pgJDBC manual,
 * "Connection Parameters"; Prisma manual, "PostgreSQL connector".
 */
public enum PostgresParameter {
  /** Whether TLS is used and what is verified. */
  SSLMODE("sslmode", "disable allow prefer require verify-ca verify-full"),
  /** File of trusted certificates, or {@code system}. */
  SSLROOTCERT("sslrootcert", Values.TEXT),
  /** File of the client's certificate. */
  SSLCERT("sslcert", Values.TEXT),
  /** File of the client's key, PKCS-8 or PKCS-12. */
  SSLKEY("sslkey", Values.TEXT),
  /** Password of the client's key. */
  SSLPASSWORD("sslpassword", Values.TEXT),
  /** How TLS begins. */
  SSLNEGOTIATION("sslnegotiation", "postgres direct", "sslNegotiation"),
  /** Whether the password exchange is bound to the TLS channel. */
  CHANNEL_BINDING("channel_binding", "disable prefer require", "channelBinding"),
  /** Whether the connection is encrypted by Kerberos. */
  GSSENCMODE("gssencmode", "disable allow prefer require", "gssEncMode"),
  /** Seconds for making a connection; 0 waits without end. */
  CONNECT_TIMEOUT("connect_timeout", Values.NUMBER, "connectTimeout"),
  /** Seconds a read from the socket may take; 0 waits without end. */
  SOCKET_TIMEOUT("socket_timeout", Values.NUMBER, "socketTimeout"),
  /** The name the server shows for the connection. */
  APPLICATION_NAME("application_name", Values.TEXT, "ApplicationName", "fallback_application_name"),
  /** Command-line options for the server's session, for example {@code -c geqo=off}. */
  OPTIONS("options", Values.TEXT),
  /** The schema that names without one are looked up in. */
  SCHEMA("schema", Values.TEXT, "currentSchema"),
  /** Which of several servers is wanted. */
  TARGET_SESSION_ATTRS(
      "target_session_attrs",
      "any read-write read-only primary standby prefer-standby",
      "targetServerType"),
  /** Whether several servers are tried in random order. */
  LOAD_BALANCE_HOSTS("load_balance_hosts", "disable random", "loadBalanceHosts"),
  /** Whether idle connections are probed by TCP. */
  KEEPALIVES("keepalives", Values.FLAG, "tcpKeepAlive"),
  /** The encoding of texts; only UTF8. */
  CLIENT_ENCODING("client_encoding", "utf8 utf-8 auto", "charSet"),
  /** Whether a transaction pooler stands in between. */
  PGBOUNCER("pgbouncer", Values.FLAG),
  /** How many prepared statements a connection keeps. */
  STATEMENT_CACHE_SIZE("statement_cache_size", Values.NUMBER, "preparedStatementCacheQueries"),
  /** After how many executions a statement is prepared on the server; 0 never. */
  PREPARE_THRESHOLD("prepareThreshold", Values.NUMBER, "prepare_threshold"),
  /** Whether batches of INSERT become one statement of many rows. */
  REWRITE_BATCHED_INSERTS("reWriteBatchedInserts", Values.FLAG),
  /** How many rows are fetched at a time; 0 all. */
  DEFAULT_ROW_FETCH_SIZE("defaultRowFetchSize", Values.NUMBER),
  /** The most connections the pool opens. */
  CONNECTION_LIMIT("connection_limit", Values.POSITIVE),
  /** How many connections the pool keeps when idle. */
  POOL_MIN("pool_min", Values.NUMBER),
  /** Seconds to wait for a free connection; 0 waits without end. */
  POOL_TIMEOUT("pool_timeout", Values.NUMBER),
  /** Seconds after which an idle connection above the minimum is closed; 0 never. */
  POOL_IDLE_TIMEOUT("pool_idle_timeout", Values.NUMBER),
  /** Seconds after which a connection is replaced; 0 never. */
  POOL_MAX_LIFETIME("pool_max_lifetime", Values.NUMBER);

  private final String text;
  private final String values;
  private final String otherNames;

  /**
   * A parameter.
   *
   * @param values a word of {@link Values}, or the words it may be, with spaces
   */
  PostgresParameter(String text, String values, String... otherNames) {
    this.text = text;
    this.values = values;
    this.otherNames = String.join(" ", otherNames);
  }

  /** Its usual name in a URL. */
  public String text() {
    return text;
  }

  /** Whether its value must not be shown. */
  public boolean isSecret() {
    return this == SSLPASSWORD;
  }

  /** The parameter of this name; exact, as libpq and the driver compare. */
  static Optional<PostgresParameter> named(String name) {
    for (PostgresParameter parameter : values()) {
      if (parameter.text.equals(name) || List.of(parameter.otherNames.split(" ")).contains(name)) {
        return Optional.of(parameter);
      }
    }
    return Optional.empty();
  }

  /**
   * The value in the words of libpq, or empty if it is not one.
   *
   * @param value what the URL says
   */
  Optional<String> accept(String value) {
    String word = values.equals(Values.FLAG) ? flag(value) : translate(value);
    boolean fits =
        switch (values) {
          case Values.TEXT -> !word.isEmpty();
          case Values.NUMBER -> word.matches("\\d{1,6}");
          case Values.POSITIVE -> word.matches("[1-9]\\d{0,4}");
          default -> List.of(values.split(" ")).contains(word);
        };
    return fits ? Optional.of(word) : Optional.empty();
  }

  /** What would be accepted, for a message. */
  String expectation() {
    return switch (values) {
      case Values.TEXT, Values.NUMBER, Values.POSITIVE -> values;
      default -> "one of " + values.replace(" ", ", ");
    };
  }

  private static String flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "1", "on", "yes" -> "true";
      case "0", "off", "no" -> "false";
      default -> value.toLowerCase(Locale.ROOT);
    };
  }

  /** The driver's words for what libpq calls otherwise. */
  private String translate(String value) {
    return switch (this) {
      case TARGET_SESSION_ATTRS ->
          switch (value) {
            case "master" -> "primary";
            case "secondary", "slave" -> "standby";
            case "preferSecondary", "preferSlave" -> "prefer-standby";
            default -> value;
          };
      case LOAD_BALANCE_HOSTS ->
          switch (value) {
            case "true" -> "random";
            case "false" -> "disable";
            default -> value;
          };
      default -> value;
    };
  }

  /** What values a parameter takes, when they are not words. */
  private static final class Values {
    private static final String TEXT = "a text";
    private static final String NUMBER = "a whole number";
    private static final String POSITIVE = "a whole number of at least 1";
    private static final String FLAG = "true false";

    private Values() {}
  }
}
