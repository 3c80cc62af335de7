package dev.undercroft.access;

/**
 * One server of an address.
 *
 * @param host name or IP address, an IPv6 address without brackets
 * @param port TCP port, 1 to 65535
 */
public record HostPort(String host, int port) {

  /** PostgreSQL's port. */
  public static final int DEFAULT_PORT = 5432;

  /** Refuses a port that does not exist. */
  public HostPort {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
  }

  /** The host as it stands in a URL: an IPv6 address in brackets. */
  public String urlHost() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** {@code host:port}, an IPv6 address in brackets. */
  @Override
  public String toString() {
    return urlHost() + ":" + port;
  }
}
