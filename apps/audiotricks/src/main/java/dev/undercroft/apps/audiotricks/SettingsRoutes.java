package dev.undercroft.apps.audiotricks;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.Optional;

/** Preferences over HTTP. Keys go in and never come out. */
final class SettingsRoutes {

  private static final Parameter PROVIDER =
      Parameter.path("provider", KeyProvider.class, "whose key it is");

  private final UserPreferences preferences;
  private final Pace pace;

  SettingsRoutes(UserPreferences preferences, Pace pace) {
    this.preferences = preferences;
    this.pace = pace;
  }

  /** A key; none to forget the one that is kept. */
  record NewKey(Optional<String> key) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/settings", "The caller's preferences")
            .answers(UserPreferences.View.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(request -> Response.ok(preferences.read(request.caller())))));
    routes.add(
        Route.put("/api/settings", "Changes what is given")
            .takes(UserPreferences.Change.class)
            .answers(UserPreferences.View.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::change)));
    routes.add(
        Route.put("/api/settings/keys/{provider}", "Keeps a provider's key, or forgets it")
            .with(PROVIDER)
            .takes(NewKey.class)
            .answers(UserPreferences.View.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::setKey)));
    routes.add(
        Route.delete("/api/settings/keys/{provider}", "Forgets a provider's key")
            .with(PROVIDER)
            .answers(UserPreferences.View.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::forgetKey)));
  }

  private Response change(Request request) {
    UserPreferences.Change change = request.body(UserPreferences.Change.class);
    return Response.ok(preferences.change(request.caller(), change));
  }

  private Response setKey(Request request) {
    Optional<Secret> key = request.body(NewKey.class).key().map(Secret::of);
    KeyProvider provider = request.path("provider", KeyProvider.class);
    return Response.ok(preferences.setKey(request.caller(), provider, key));
  }

  private Response forgetKey(Request request) {
    KeyProvider provider = request.path("provider", KeyProvider.class);
    return Response.ok(preferences.setKey(request.caller(), provider, Optional.empty()));
  }
}
