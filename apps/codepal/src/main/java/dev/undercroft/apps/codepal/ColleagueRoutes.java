package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Colleagues over HTTP. */
final class ColleagueRoutes {

  private final Colleagues colleagues;

  ColleagueRoutes(Colleagues colleagues) {
    this.colleagues = colleagues;
  }

  /** A page of colleagues. */
  record ColleagueList(List<Colleagues.View> colleagues) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/colleagues", "Who works with the caller, and on which projects")
            .with(Pages.LIMIT)
            .with(Pages.AFTER)
            .answers(ColleagueList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new ColleagueList(
                        colleagues.list(
                            request.caller(), Pages.limit(request), Pages.after(request))))));
  }
}
