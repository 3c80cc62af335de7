package dev.undercroft.apps.audiotricks;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Upkeep over HTTP, for operators. */
final class UpkeepRoutes {

  private final Upkeep upkeep;

  UpkeepRoutes(Upkeep upkeep) {
    this.upkeep = upkeep;
  }

  /**
   * What was done.
   *
   * @param expiredSessions how many sessions were removed
   * @param newMonths partitions that were made
   */
  record Done(int expiredSessions, List<String> newMonths) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/api/upkeep", "Removes sessions that have ended, makes the next months")
            .describedAs("Can be repeated; also runs by itself every hour.")
            .answers(Done.class)
            .openTo(Audience.OPERATOR)
            .handledBy(request ->
                Response.ok(new Done(upkeep.deleteExpiredSessions(), upkeep.makeMonthsAhead()))));
  }
}
