package dev.undercroft.access;

import dev.undercroft.base.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A database on a PostgreSQL server and the role to reach it with. Immutable.
 *
 * @param hosts the servers, tried in this order; never empty
 * @param database the database's name
 * @param user the role
 * @param password its password; empty if the URL has none
 * @param parameters what else the URL says, values already checked
 */
public record PostgresAddress(
    List<HostPort> hosts,
    String database,
    String user,
    Secret password,
    Map<PostgresParameter, String> parameters)
    implements DatabaseAddress {

  /** Copies both collections; refuses an address without a host. */
  public PostgresAddress {
    hosts = List.copyOf(hosts);
    Map<PostgresParameter, String> copy = new EnumMap<>(PostgresParameter.class);
    copy.putAll(parameters);
    parameters = Map.copyOf(copy);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("an address needs a host");
    }
  }

  /** What the URL says about one parameter. */
  public Optional<String> parameter(PostgresParameter parameter) {
    return Optional.ofNullable(parameters.get(parameter));
  }

  /** The same server, role and parameters, another database. */
  public PostgresAddress withDatabase(String other) {
    return new PostgresAddress(hosts, other, user, password, parameters);
  }

  /** The same server, database and parameters, another role. */
  public PostgresAddress withUser(String other, Secret otherPassword) {
    return new PostgresAddress(hosts, database, other, otherPassword, parameters);
  }

  /** The same address with one parameter set. */
  public PostgresAddress with(PostgresParameter parameter, String value) {
    Map<PostgresParameter, String> more = new EnumMap<>(PostgresParameter.class);
    more.putAll(parameters);
    more.put(parameter, value);
    return new PostgresAddress(hosts, database, user, password, more);
  }

  /**
   * Whether connections go through a transaction pooler ({@code pgbouncer=true}): what belongs to a
   * session, such as prepared statements and advisory locks, does not hold there.
   */
  public boolean isTransactionPooled() {
    return parameter(PostgresParameter.PGBOUNCER).map(Boolean::parseBoolean).orElse(false);
  }

  /** Whether all servers are this machine. */
  public boolean isLoopback() {
    return hosts.stream()
        .map(HostPort::host)
        .allMatch(
            host -> host.equals("localhost") || host.startsWith("127.") || host.equals("::1"));
  }

  @Override
  public PoolSettings pool(PoolSettings defaults) {
    PoolSettings pool = defaults;
    if (parameters.containsKey(PostgresParameter.CONNECTION_LIMIT)) {
      pool = pool.withMaximum(number(PostgresParameter.CONNECTION_LIMIT));
    }
    if (parameters.containsKey(PostgresParameter.POOL_MIN)) {
      pool = pool.withMinimum(number(PostgresParameter.POOL_MIN));
    }
    pool = pool.withAcquire(seconds(PostgresParameter.POOL_TIMEOUT, pool.acquire()));
    pool = pool.withConnect(seconds(PostgresParameter.CONNECT_TIMEOUT, pool.connect()));
    pool = pool.withIdle(seconds(PostgresParameter.POOL_IDLE_TIMEOUT, pool.idle()));
    return pool.withLifetime(seconds(PostgresParameter.POOL_MAX_LIFETIME, pool.lifetime()));
  }

  private int number(PostgresParameter parameter) {
    return parameter(parameter).map(Integer::parseInt).orElseThrow();
  }

  private Duration seconds(PostgresParameter parameter, Duration otherwise) {
    return parameter(parameter)
        .map(Long::parseLong)
        .map(Duration::ofSeconds)
        .map(time -> time.isZero() ? PoolSettings.FOREVER : time)
        .orElse(otherwise);
  }

  /** {@code host:port} of every server, with commas. */
  public String servers() {
    return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
  }

  @Override
  public String display() {
    return url("***");
  }

  /** The address as a URL with its password; for configuration files and programs, never a log. */
  public Secret revealedUrl() {
    return Secret.of(url(UrlText.encode(password.reveal())));
  }

  private String url(String shownPassword) {
    StringBuilder url = new StringBuilder("postgresql://").append(UrlText.encode(user));
    if (!password.isEmpty()) {
      url.append(':').append(shownPassword);
    }
    url.append('@').append(servers()).append('/').append(UrlText.encode(database));
    List<String> query = new ArrayList<>();
    for (PostgresParameter parameter : PostgresParameter.values()) {
      parameter(parameter)
          .map(value -> parameter.isSecret() ? "***" : UrlText.encode(value))
          .ifPresent(value -> query.add(parameter.text() + "=" + value));
    }
    return query.isEmpty() ? url.toString() : url + "?" + String.join("&", query);
  }

  /** As {@link #display()}. */
  @Override
  public String toString() {
    return display();
  }
}
