package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;

/** Upkeep over HTTP, for operators. */
final class UpkeepRoutes {

  private final Upkeep upkeep;

  UpkeepRoutes(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  void declare(Routes routes) {
    routes.add(
        Route.post("/code/upkeep", "Removes sessions, codes and deleted projects that have ended")
            .describedAs("Can be repeated; also runs by itself every hour.")
            .answers(Upkeep.Removed.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request -> Response.ok(upkeep.clean())));
  }
}
