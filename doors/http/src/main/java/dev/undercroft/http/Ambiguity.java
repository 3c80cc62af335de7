package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Route;
import java.util.List;

/** A path that several applications print, and that therefore belongs to none of them. */
final class Ambiguity {

  private Ambiguity() {}

  /** A route at the same place that answers where the applications are reached instead. */
  static Route at(Route route, List<String> places) {
    Route answering =
        switch (route.method()) {
          case GET -> Route.get(route.path(), "Several applications print this path");
          case POST -> Route.post(route.path(), "Several applications print this path");
          case PUT -> Route.put(route.path(), "Several applications print this path");
          case PATCH -> Route.patch(route.path(), "Several applications print this path");
          case DELETE -> Route.delete(route.path(), "Several applications print this path");
        };
    for (Parameter parameter : route.parameters()) {
      if (parameter.place() == Parameter.Place.PATH) {
        answering =
            answering.with(Parameter.path(parameter.name(), String.class, parameter.description()));
      }
    }
    return answering
        .describedAs("Reached at " + String.join(", ", places) + ".")
        .openTo(Audience.EVERYONE)
        .handledBy(request -> {
          throw Problem.of(
                  "HTTP_PATH_AMBIGUOUS",
                  ProblemKind.NOT_FOUND,
                  "several applications answer " + route.path())
              .withRemedy("Name the application: " + String.join(" or ", places) + ".")
              .exception();
        });
  }
}
