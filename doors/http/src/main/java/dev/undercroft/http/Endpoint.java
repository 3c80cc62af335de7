package dev.undercroft.http;

import dev.undercroft.sdk.Route;
import java.util.Comparator;

/**
 * A route where it can be reached. Immutable.
 *
 * @param owner the application's name, or {@link #HOUSE}
 * @param path the path on this server, parameters in braces
 * @param route what is declared
 */
record Endpoint(String owner, String path, Route route) {

  /** The owner of what the product itself answers. */
  static final String HOUSE = "undercroft";

  /** Literal segments before parameters, so that the most exact path is tried first. */
  static final Comparator<Endpoint> MOST_EXACT_FIRST =
      Comparator.comparing((Endpoint endpoint) -> endpoint.path().replace('{', '\uffff'))
          .thenComparing(endpoint -> endpoint.route().method());

  /** Method and path with parameters made nameless: two equal ones cannot be told apart. */
  String pattern() {
    return route.method() + " " + path.replaceAll("\\{[^}]+}", "{}");
  }
}
