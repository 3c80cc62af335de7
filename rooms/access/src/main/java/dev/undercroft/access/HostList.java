package dev.undercroft.access;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code host:port,host:port}, adding what is wrong to a list. */
record HostList(List<Problem> problems) {

  private static final Pattern ONE =
      Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%25?\\w+)?)\\]|([^\\[\\]:]*))(?::([^:]*))?");
  private static final Pattern NAME = Pattern.compile("[\\w][\\w.-]{0,252}");

  /**
   * The servers of a URL.
   *
   * @param authority what stands after the {@code @}
   * @param queryHosts the parameter {@code host}, empty if absent
   * @param queryPorts the parameter {@code port}, empty if absent
   */
  List<HostPort> read(String authority, String queryHosts, String queryPorts) {
    if (!queryHosts.isEmpty()) {
      return fromQuery(authority, queryHosts, queryPorts);
    }
    if (authority.isEmpty()) {
      return queryPorts.isEmpty()
          ? List.of()
          : List.of(new HostPort("localhost", port(queryPorts)));
    }
    List<HostPort> hosts = new ArrayList<>();
    for (String one : authority.split(",", -1)) {
      Matcher matcher = ONE.matcher(one);
      if (!matcher.matches()) {
        hosts.add(notAHost());
        continue;
      }
      String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
      hosts.add(host(host, matcher.group(3) == null ? queryPorts : matcher.group(3)));
    }
    return hosts;
  }

  /** The way of libpq: {@code ?host=a,b&port=1,2}; one port is for all. */
  private List<HostPort> fromQuery(String authority, String queryHosts, String queryPorts) {
    if (!authority.isEmpty()) {
      add(
          "ACCESS_URL_TWICE",
          "the database URL says the host twice",
          "Leave one of them out: before the question mark or after it.");
    }
    List<String> ports = Arrays.asList(queryPorts.split(",", -1));
    String[] names = queryHosts.split(",", -1);
    List<HostPort> hosts = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      hosts.add(host(names[i], ports.size() == names.length ? ports.get(i) : ports.getFirst()));
    }
    return hosts;
  }

  private HostPort host(String host, String port) {
    String decoded = UrlText.decode(host).orElse(host);
    if (decoded.startsWith("/") || decoded.startsWith("@")) {
      add(
          "ACCESS_URL_SOCKET",
          "connections over the Unix socket " + decoded + " are not supported",
          "Use the server's TCP address, for example localhost:5432.");
      return new HostPort("localhost", HostPort.DEFAULT_PORT);
    }
    if (decoded.isEmpty()) {
      return new HostPort("localhost", port(port));
    }
    boolean address = decoded.indexOf(':') >= 0;
    return address || NAME.matcher(decoded).matches()
        ? new HostPort(decoded, port(port))
        : notAHost();
  }

  private int port(String text) {
    if (text.isEmpty()) {
      return HostPort.DEFAULT_PORT;
    }
    if (text.matches("\\d{1,5}")) {
      int port = Integer.parseInt(text);
      if (port >= 1 && port <= 65535) {
        return port;
      }
    }
    // What stands there may be the rest of a password, so it is not shown.
    add(
        "ACCESS_URL_PORT",
        "the port in the database URL is not a number from 1 to 65535",
        "Write host:5432. If the password has a / ? # or @ in it, percent-encode it:"
            + " %2F %3F %23 %40.");
    return HostPort.DEFAULT_PORT;
  }

  private HostPort notAHost() {
    add(
        "ACCESS_URL_HOST",
        "the host in the database URL is neither a name nor an address",
        "Write a name, an IPv4 address, or an IPv6 address in brackets: [::1]:5432.");
    return new HostPort("localhost", HostPort.DEFAULT_PORT);
  }

  private void add(String code, String message, String remedy) {
    problems.add(Problem.of(code, ProblemKind.INPUT, message).withRemedy(remedy));
  }
}
