package dev.undercroft.apps.seda;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Artists over HTTP. */
final class ArtistRoutes {

  private final Artists artists;
  private final Politeness politeness;

  ArtistRoutes(Artists artists, Politeness politeness) {
    this.artists = artists;
    this.politeness = politeness;
  }

  /** Artists by name. */
  record ArtistList(List<Artists.Found> artists) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/artists", "Verified artists whose name contains a text")
            .with(Parameter.query("query", String.class, "part of the name").mandatory())
            .answers(ArtistList.class)
            .openTo(Audience.TENANT)
            .handledBy(
                politeness.polite(request -> {
                  String query = request.query("query", String.class).orElseThrow();
                  return Response.ok(
                      new ArtistList(artists.searchArtists(request.caller(), query)));
                })));
  }
}
