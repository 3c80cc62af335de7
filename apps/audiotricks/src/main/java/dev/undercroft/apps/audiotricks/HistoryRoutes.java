package dev.undercroft.apps.audiotricks;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** The history over HTTP. */
final class HistoryRoutes {

  private static final int MOST_HITS = 100;
  private static final Parameter ENTRY = Parameter.path("id", UUID.class, "the entry");
  private static final Parameter OFFSET =
      Parameter.query("offset", Integer.class, "how many to pass over")
          .between(0, History.DEEPEST)
          .byDefault("0");

  private final History history;
  private final Pace pace;

  HistoryRoutes(History history, Pace pace) {
    this.history = history;
    this.pace = pace;
  }

  /** A page of the history, newest first. */
  record Page(List<EntryViews.Listed> entries, int limit, int offset) {}

  /** What was found, best first. */
  record Found(List<EntryViews.Hit> entries) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/history", "A page of the caller's history, newest first, 20 entries")
            .with(OFFSET)
            .with(Parameter.query("after", UUID.class, "continue after this entry, however deep"))
            .answers(Page.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::page)));
    routes.add(
        Route.get("/api/history/search", "The caller's entries with these words, best first")
            .with(Parameter.query("q", String.class, "words; quotes, or and - work").mandatory())
            .with(
                Parameter.query("language", String.class, "what the words are in")
                    .between(2, 10)
                    .byDefault("en"))
            .with(
                Parameter.query("limit", Integer.class, "how many")
                    .between(1, MOST_HITS)
                    .byDefault(String.valueOf(History.PAGE)))
            .with(OFFSET)
            .answers(Found.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::search)));
    declareEntries(routes);
  }

  private void declareEntries(Routes routes) {
    routes.add(
        Route.post("/api/history", "Keeps an entry")
            .takes(History.Draft.class)
            .answers(201, EntryViews.Entry.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::add)));
    routes.add(
        Route.get("/api/history/{id}", "One entry of the caller")
            .with(ENTRY)
            .answers(EntryViews.Entry.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::get)));
    routes.add(
        Route.delete("/api/history/{id}", "Forgets an entry of the caller for good")
            .with(ENTRY)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::delete)));
  }

  private Response page(Request request) {
    int offset = request.query("offset", Integer.class).orElse(0);
    History.Asked asked = new History.Asked(offset, request.query("after", UUID.class));
    return Response.ok(new Page(history.page(request.caller(), asked), History.PAGE, offset));
  }

  private Response search(Request request) {
    History.Wanted wanted =
        new History.Wanted(
            request.query("q", String.class).orElse(""),
            request.query("language", String.class).orElse("en"),
            request.query("limit", Integer.class).orElse(History.PAGE),
            request.query("offset", Integer.class).orElse(0));
    return Response.ok(new Found(history.search(request.caller(), wanted)));
  }

  private Response add(Request request) {
    EntryViews.Entry entry = history.add(request.caller(), request.body(History.Draft.class));
    return Response.created("/api/history/" + entry.id(), entry);
  }

  private Response get(Request request) {
    return Response.ok(history.get(request.caller(), request.path("id", UUID.class)));
  }

  private Response delete(Request request) {
    history.delete(request.caller(), request.path("id", UUID.class));
    return Response.ok(new Said("Entry deleted"));
  }
}
