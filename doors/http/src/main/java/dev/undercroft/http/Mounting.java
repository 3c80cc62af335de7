package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides where each route is reached. Every application has its routes under {@code /apps/NAME};
 * besides, a route is reached at the path its document prints when one application alone declares
 * it. The product's own paths come first, except the fallbacks, which give way to an application.
 * One thread at a time.
 */
final class Mounting {

  private final List<Problem> problems = new ArrayList<>();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, List<Endpoint>> printed = new LinkedHashMap<>();
  private final Set<String> reserved = new LinkedHashSet<>();

  /** Adds a path of the product that no application may take. */
  void addOwn(Route route) {
    Endpoint endpoint = new Endpoint(Endpoint.HOUSE, route.path(), route);
    if (!reserved.add(endpoint.pattern())) {
      throw new IllegalArgumentException(endpoint.pattern() + " is declared twice");
    }
    endpoints.add(endpoint);
  }

  /** Adds a route of an application. */
  void addGuests(String name, Route route) {
    Endpoint own = new Endpoint(name, "/apps/" + name + route.path(), route);
    Endpoint asPrinted = new Endpoint(name, route.path(), route);
    boolean twice =
        endpoints.stream().anyMatch(existing -> existing.pattern().equals(own.pattern()));
    if (twice) {
      problems.add(
          Problem.of(
                  "HTTP_ROUTE_TWICE",
                  ProblemKind.INPUT,
                  "application '" + name + "' declares " + asPrinted.pattern() + " twice")
              .withRemedy("Remove one of the two routes."));
      return;
    }
    endpoints.add(own);
    printed.computeIfAbsent(asPrinted.pattern(), key -> new ArrayList<>()).add(asPrinted);
  }

  /** Adds a path that the product answers only when no application does. */
  void addFallback(Route route) {
    Endpoint endpoint = new Endpoint(Endpoint.HOUSE, route.path(), route);
    printed.computeIfAbsent(endpoint.pattern(), key -> new ArrayList<>(List.of(endpoint)));
  }

  /**
   * The endpoints in the order in which they are to be tried.
   *
   * @throws ProblemException if an application takes a reserved path, or declares one twice
   */
  List<Endpoint> endpoints() {
    printed.forEach(this::mountAsPrinted);
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return endpoints.stream().sorted(Endpoint.MOST_EXACT_FIRST).toList();
  }

  private void mountAsPrinted(String pattern, List<Endpoint> claims) {
    if (reserved.contains(pattern)) {
      problems.add(
          Problem.of(
                  "HTTP_ROUTE_RESERVED",
                  ProblemKind.INPUT,
                  "application '" + claims.getFirst().owner() + "' declares " + pattern)
              .withDetail("The product itself answers this path.")
              .withRemedy("Choose another path for the application."));
      return;
    }
    if (claims.size() == 1) {
      endpoints.add(claims.getFirst());
      return;
    }
    Route ambiguous = claims.getFirst().route();
    endpoints.add(new Endpoint(Endpoint.HOUSE, ambiguous.path(), refusing(ambiguous, claims)));
  }

  /** Several applications print this path: the answer names where each of them is reached. */
  private static Route refusing(Route route, List<Endpoint> claims) {
    List<String> places =
        claims.stream().map(claim -> "/apps/" + claim.owner() + claim.path()).toList();
    return Ambiguity.at(route, places);
  }
}
