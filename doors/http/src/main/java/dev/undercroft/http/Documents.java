package dev.undercroft.http;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published descriptions: of everything, and of each application as if it stood alone. Made at
 * the first request, because most instances are never asked. Thread-safe after {@link #publish}.
 */
final class Documents {

  private static final String PATH = "/api/openapi.json";

  private final String version;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final Map<String, ObjectNode> made = new ConcurrentHashMap<>();

  Documents(String version) {
    this.version = version;
  }

  /** The routes under which the descriptions are published. */
  List<Route> routes(List<Guest> guests) {
    Map<String, String> titles = new LinkedHashMap<>();
    titles.put("", "Undercroft");
    guests.forEach(guest -> titles.put(guest.application().name(), guest.application().title()));
    List<Route> routes = new ArrayList<>();
    titles.forEach((name, title) -> routes.add(route(name, title)));
    return routes;
  }

  /** Says what is to be described. */
  void publish(List<Endpoint> mounted) {
    endpoints.addAll(mounted);
  }

  private Route route(String name, String title) {
    String path = name.isEmpty() ? PATH : "/apps/" + name + PATH;
    return Route.get(path, "The description of " + (name.isEmpty() ? "everything" : title))
        .describedAs("OpenAPI 3.1.")
        .answers(Object.class)
        .openTo(Audience.EVERYONE)
        .handledBy(request -> Response.ok(made.computeIfAbsent(name, key -> describe(key, title))));
  }

  private ObjectNode describe(String name, String title) {
    String own = "/apps/" + name + "/";
    Predicate<Endpoint> described =
        name.isEmpty()
            ? endpoint -> true
            : endpoint -> endpoint.owner().equals(name) && endpoint.path().startsWith(own);
    return new OpenApi().describe(title, version, endpoints.stream().filter(described).toList());
  }
}
