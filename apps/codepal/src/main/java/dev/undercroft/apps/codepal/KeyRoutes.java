package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Keys for programs over HTTP. */
final class KeyRoutes {

  private final ApiKeyRing keys;

  KeyRoutes(ApiKeyRing keys) {
    this.keys = keys;
  }

  /** The caller's keys. */
  record KeyList(List<ApiKeyRing.View> keys) {}

  /**
   * A new key.
   *
   * @param key shown this once
   */
  record NewKey(String id, String key, String prefix) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/keys", "The caller's keys for programs, newest first")
            .answers(KeyList.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(new KeyList(keys.list(request.caller())))));
    routes.add(
        Route.post("/code/keys", "Makes a key for a program; it is shown this once")
            .answers(201, NewKey.class)
            .openTo(Audience.TENANT)
            .handledBy(this::make));
    routes.add(
        Route.delete("/code/keys/{key}", "Revokes a key")
            .with(Parameter.path("key", String.class, "the key's id"))
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> {
              keys.revoke(request.caller(), Callers.idIn(request, "key", ApiKeyRing::unknown));
              return Response.ok(new Said("Key revoked"));
            }));
  }

  private Response make(Request request) {
    ApiKeyRing.Made made = keys.make(request.caller());
    return Response.of(201, new NewKey(made.id(), made.key().reveal(), made.prefix()));
  }
}
