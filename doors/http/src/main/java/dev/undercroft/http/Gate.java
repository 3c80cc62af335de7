package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that a foreign web page could have caused. A page can make a browser send
 * requests here (cross-site request forgery: the Origin or Sec-Fetch-Site header tells), and its
 * own host name can be made to point here (DNS rebinding: the Host header tells). An address as
 * host cannot be rebound. Immutable.
 */
final class Gate {

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> hosts = new HashSet<>();

  /** Lets requests pass that name one of these hosts, localhost, or an address. */
  Gate(List<String> hosts) {
    this.hosts.add("localhost");
    hosts.forEach(host -> this.hosts.add(host.toLowerCase(Locale.ROOT)));
  }

  /**
   * Judges a request by its headers.
   *
   * @param method the HTTP method
   * @param host the Host header
   * @param origin the Origin header
   * @param fetchSite the Sec-Fetch-Site header
   */
  Optional<Refusal> judge(
      String method, @Nullable String host, @Nullable String origin, @Nullable String fetchSite) {
    if (host == null || !known(host)) {
      return Optional.of(foreignHost(host == null ? "" : host));
    }
    if (READING.contains(method)) {
      return Optional.empty();
    }
    boolean crossSite = "cross-site".equals(fetchSite) || "same-site".equals(fetchSite);
    if (crossSite || (origin != null && !sameHost(origin, host))) {
      return Optional.of(
          new Refusal(
              403,
              Refusal.problem(
                  "HTTP_ORIGIN_FOREIGN",
                  ProblemKind.FORBIDDEN,
                  "the request was sent by a page of another origin",
                  "Send it from this server's own pages, or from a program.")));
    }
    return Optional.empty();
  }

  private boolean known(String host) {
    String name = withoutPort(host).toLowerCase(Locale.ROOT);
    return hosts.contains(name) || ADDRESS.matcher(name).matches() || name.endsWith(".localhost");
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
  }

  private static boolean sameHost(String origin, String host) {
    try {
      String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException notAnOrigin) {
      return false;
    }
  }

  private static Refusal foreignHost(String host) {
    String shown = host.length() > 100 ? host.substring(0, 100) : host;
    Problem problem =
        Refusal.problem(
                "HTTP_HOST_FOREIGN",
                ProblemKind.INPUT,
                "this server does not answer as '" + shown + "'",
                "Use localhost or the address, or add the name to the setting server.hosts.")
            .with("host", shown);
    return new Refusal(421, problem);
  }
}
