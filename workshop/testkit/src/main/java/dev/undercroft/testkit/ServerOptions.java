package dev.undercroft.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server differs from the usual one of the testkit. Immutable.
 *
 * @param settings lines of {@code postgresql.conf}, values as they are, without quotes
 * @param authentication lines of {@code pg_hba.conf} that go before the usual ones
 */
public record ServerOptions(Map<String, String> settings, List<String> authentication) {

  /** The usual server. */
  public static final ServerOptions NONE = new ServerOptions(Map.of(), List.of());

  /** Copies both. */
  public ServerOptions {
    settings = Map.copyOf(settings);
    authentication = List.copyOf(authentication);
  }

  /** A copy with one more setting. */
  public ServerOptions with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(name, value);
    return new ServerOptions(more, authentication);
  }

  /** A copy with one more line of {@code pg_hba.conf}, after those already here. */
  public ServerOptions withAuthentication(String line) {
    List<String> more = new java.util.ArrayList<>(authentication);
    more.add(line);
    return new ServerOptions(settings, more);
  }
}
