package dev.undercroft.apps.codepal;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** The caller's account and sessions over HTTP. */
final class AccountRoutes {

  private final Profiles profiles;
  private final Entrance entrance;
  private final LiveSessions sessions;

  AccountRoutes(Profiles profiles, Entrance entrance, LiveSessions sessions) {
    this.profiles = profiles;
    this.entrance = entrance;
    this.sessions = sessions;
  }

  /** Another address, with the password once more. */
  record NewAddress(String email, String password) {}

  /** Another password, with the present one. */
  record NewPassword(String current, String password) {}

  /** The password once more. */
  record Confirmation(String password) {}

  /** The caller's sessions. */
  record SessionList(List<LiveSessions.View> sessions) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/me", "The caller's account")
            .answers(Profiles.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(profiles.me(request.caller()))));
    routes.add(
        Route.patch("/code/me", "Changes name and picture")
            .takes(Profiles.Change.class)
            .answers(Profiles.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    profiles.change(request.caller(), request.body(Profiles.Change.class)))));
    routes.add(
        Route.post("/code/me/email", "Gives the account another address, not proved yet")
            .takes(NewAddress.class)
            .answers(Profiles.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(this::changeAddress));
    routes.add(
        Route.post("/code/me/password", "Sets another password; ends all sessions")
            .takes(NewPassword.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::changePassword));
    routes.add(
        Route.post("/code/me/erase", "Deletes the account for good")
            .takes(Confirmation.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::erase));
    declareSessions(routes);
  }

  private void declareSessions(Routes routes) {
    routes.add(
        Route.get("/code/sessions", "The caller's sessions; at most a hundred")
            .answers(SessionList.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(new SessionList(sessions.list(request.caller())))));
    routes.add(
        Route.delete("/code/sessions", "Ends all sessions of the caller")
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> {
              profiles.endSessions(request.caller());
              return Response.ok(new Said("All sessions ended"));
            }));
    routes.add(
        Route.delete("/code/sessions/{session}", "Ends a session of the caller")
            .with(Parameter.path("session", String.class, "the session"))
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> {
              sessions.endOwn(
                  request.caller(), Callers.idIn(request, "session", LiveSessions::unknown));
              return Response.ok(new Said("Session ended"));
            }));
  }

  private Response changeAddress(Request request) {
    NewAddress wanted = request.body(NewAddress.class);
    confirm(request, Secret.of(wanted.password()));
    return Response.ok(profiles.changeAddress(request.caller(), wanted.email()));
  }

  private Response changePassword(Request request) {
    NewPassword wanted = request.body(NewPassword.class);
    Secret password = Secret.of(wanted.password());
    Profiles.Profile me = profiles.me(request.caller());
    Texts.refuse(Addresses.wrongPassword(password, me.email().orElse("")));
    confirm(request, Secret.of(wanted.current()));
    profiles.changePassword(request.caller(), entrance.hash(password, me.id()));
    return Response.ok(new Said("The password is set; sign in with it"));
  }

  private Response erase(Request request) {
    confirm(request, Secret.of(request.body(Confirmation.class).password()));
    profiles.erase(request.caller());
    return Response.ok(new Said("Account deleted"));
  }

  /** A session alone, perhaps left open, does not change what opens the account. */
  private void confirm(Request request, Secret password) {
    String email =
        profiles
            .me(request.caller())
            .email()
            .orElseThrow(() ->
                Problem.of(
                        "CODEPAL_NO_PASSWORD",
                        ProblemKind.CONFLICT,
                        "the account has no address and no password")
                    .withRemedy("Ask an administrator.")
                    .exception());
    entrance.demandPassword(email, password, request.remoteAddress());
  }
}
