package dev.undercroft.apps.epic;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;

/** Accounts over HTTP. Keys go in and never come out. */
final class UserRoutes {

  private static final String KEYS = "/api/v1/user/api-keys";
  private static final Parameter MAKER =
      Parameter.path("maker", OwnKeys.Maker.class, "whose key it is");

  private final Users users;
  private final OwnKeys keys;

  UserRoutes(Users users, OwnKeys keys) {
    this.users = users;
    this.keys = keys;
  }

  /** A key. */
  record NewKey(String key) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/v1/user/profile", "The caller's account with its limits")
            .answers(Envelopes.One.class, Users.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(
                request -> Response.ok(new Envelopes.One<>(users.profile(request.caller())))));
    routes.add(
        Route.patch("/api/v1/user/profile", "Changes what is given; settings are merged")
            .takes(Users.Change.class)
            .answers(Envelopes.One.class, Users.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new Envelopes.One<>(
                        users.change(request.caller(), request.body(Users.Change.class))))));
    routes.add(
        Route.get("/api/v1/user/data-export", "Everything of the caller but keys and tokens")
            .answers(Envelopes.One.class, Users.Export.class)
            .openTo(Audience.TENANT)
            .handledBy(
                request -> Response.ok(new Envelopes.One<>(users.export(request.caller())))));
    routes.add(
        Route.delete("/api/v1/user/delete-account", "Deletes the caller's account for good")
            .answers(Envelopes.Done.class)
            .openTo(Audience.TENANT)
            .handledBy(this::erase));
    declareKeys(routes);
  }

  private void declareKeys(Routes routes) {
    routes.add(
        Route.get(KEYS, "The ends of the caller's own keys")
            .answers(Envelopes.Values.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(new Envelopes.Values(keys.list(request.caller())))));
    routes.add(
        Route.put(KEYS + "/{maker}", "Keeps a key")
            .with(MAKER)
            .takes(NewKey.class)
            .answers(Envelopes.Values.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> setKey(request, request.path("maker", OwnKeys.Maker.class))));
    routes.add(
        Route.delete(KEYS + "/{maker}", "Forgets a key")
            .with(MAKER)
            .answers(Envelopes.Values.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new Envelopes.Values(
                        keys.remove(
                            request.caller(), request.path("maker", OwnKeys.Maker.class))))));
    routes.add(
        Route.put("/api/v1/user/gemini-key", "Keeps a key of Gemini")
            .takes(NewKey.class)
            .answers(Envelopes.Values.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> setKey(request, OwnKeys.Maker.gemini)));
  }

  private Response setKey(Request request, OwnKeys.Maker maker) {
    Secret key = Secret.of(request.body(NewKey.class).key());
    return Response.ok(new Envelopes.Values(keys.set(request.caller(), maker, key)));
  }

  private Response erase(Request request) {
    users.erase(request.caller());
    return Response.ok(new Envelopes.Done("Account deleted"));
  }
}
