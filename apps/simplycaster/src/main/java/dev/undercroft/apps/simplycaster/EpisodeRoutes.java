package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.Episodes.Draft;
import dev.undercroft.apps.simplycaster.Episodes.EpisodeView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** Episodes and the feed over HTTP. */
final class EpisodeRoutes {

  private static final Parameter EPISODE = Parameter.path("id", UUID.class, "the episode");

  private final Episodes episodes;
  private final Feed feed;

  EpisodeRoutes(Episodes episodes, Feed feed) {
    this.episodes = episodes;
    this.feed = feed;
  }

  /** Episodes. */
  record EpisodeList(List<EpisodeView> episodes) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/feed.xml", "The podcast feed (RSS 2.0)")
            .answers(String.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request ->
                Response.text(Feed.MEDIA_TYPE, feed.xml(episodes.getPublishedFeedEpisodes()))));
    routes.add(
        Route.get("/episodes", "Published episodes, latest publication first")
            .answers(EpisodeList.class)
            .openTo(Audience.EVERYONE)
            .handledBy(
                request -> Response.ok(new EpisodeList(episodes.getPublishedFeedEpisodes()))));
    routes.add(
        Route.get("/episodes/all", "All episodes, drafts too, for administrators")
            .answers(EpisodeList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(new EpisodeList(episodes.getAllFeedEpisodes(Actor.of(request))))));
    routes.add(
        Route.get("/episodes/{id}", "An episode")
            .with(EPISODE)
            .answers(EpisodeView.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::one));
    declareChanges(routes);
  }

  private void declareChanges(Routes routes) {
    routes.add(
        Route.post("/episodes", "Makes a draft")
            .takes(Draft.class)
            .answers(201, EpisodeView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::create));
    routes.add(
        Route.put("/episodes/{id}", "Changes an episode")
            .with(EPISODE)
            .takes(Draft.class)
            .answers(EpisodeView.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    episodes.edit(Actor.of(request), id(request), request.body(Draft.class)))));
    routes.add(
        Route.post("/episodes/{id}/publish", "Publishes an episode")
            .with(EPISODE)
            .answers(EpisodeView.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(episodes.publish(Actor.of(request), id(request)))));
    routes.add(
        Route.post("/episodes/{id}/withdraw", "Takes an episode out of the feed")
            .with(EPISODE)
            .answers(EpisodeView.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(episodes.withdraw(Actor.of(request), id(request)))));
    routes.add(
        Route.delete("/episodes/{id}", "Deletes an episode; the row is kept")
            .with(EPISODE)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
  }

  private static UUID id(Request request) {
    return request.path("id", UUID.class);
  }

  private Response one(Request request) {
    UUID id = id(request);
    return Response.ok(
        episodes
            .getFeedEpisodeById(request.caller(), id)
            .orElseThrow(() -> Wordings.unknown("episode", id).exception()));
  }

  private Response create(Request request) {
    EpisodeView episode = episodes.create(Actor.of(request), request.body(Draft.class));
    return Response.created("/episodes/" + episode.id(), episode);
  }

  private Response delete(Request request) {
    episodes.delete(Actor.of(request), id(request));
    return Response.ok(new Said("Episode deleted"));
  }
}
