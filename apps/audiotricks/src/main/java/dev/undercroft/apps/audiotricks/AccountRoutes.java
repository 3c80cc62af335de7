package dev.undercroft.apps.audiotricks;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;

/** Accounts over HTTP. */
final class AccountRoutes {

  private static final String BEARER = "Bearer ";

  private final Registration registration;
  private final Entrance entrance;
  private final Profiles profiles;
  private final Pace pace;

  AccountRoutes(Registration registration, Entrance entrance, Profiles profiles, Pace pace) {
    this.registration = registration;
    this.entrance = entrance;
    this.profiles = profiles;
    this.pace = pace;
  }

  /** A new account. */
  record NewAccount(String email, String username, String password) {}

  /** What was registered. */
  record RegisteredAccount(String message, Registration.Registered user) {}

  /** An address, or a name, and a password. */
  record Credentials(String email, String password) {}

  /** A password once more. */
  record Confirmation(String password) {}

  /** A session. */
  record Session(String message, String token, Entrance.Person user) {}

  /** Who is asking. */
  record Me(Profiles.Profile user) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/api/auth/register", "Makes an account")
            .takes(NewAccount.class)
            .answers(201, RegisteredAccount.class)
            .openTo(Audience.EVERYONE)
            .handledBy(pace.within(this::register)));
    routes.add(
        Route.post("/api/auth/login", "Opens a session")
            .takes(Credentials.class)
            .answers(Session.class)
            .openTo(Audience.EVERYONE)
            .handledBy(pace.within(this::login)));
    routes.add(
        Route.post("/api/auth/logout", "Ends the session; can be repeated")
            .answers(Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(pace.within(this::logout)));
    routes.add(
        Route.get("/api/auth/me", "The caller's account with its settings")
            .answers(Me.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(request -> Response.ok(new Me(profiles.me(request.caller()))))));
    routes.add(
        Route.post("/api/account/deactivate", "Switches the caller's account off")
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::deactivate)));
    routes.add(
        Route.post("/api/account/erase", "Deletes the caller's account with all that is in it")
            .takes(Confirmation.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(pace.within(this::erase)));
  }

  private Response register(Request request) {
    NewAccount account = request.body(NewAccount.class);
    Registration.Registered user =
        registration.register(
            new Registration.Wanted(
                account.email(), account.username(), Secret.of(account.password())));
    return Response.of(201, new RegisteredAccount("User registered successfully", user));
  }

  private Response login(Request request) {
    Credentials shown = request.body(Credentials.class);
    Entrance.Entered entered =
        entrance.login(shown.email(), Secret.of(shown.password()), request.remoteAddress());
    return Response.ok(new Session("Login successful", entered.token().reveal(), entered.user()));
  }

  private Response logout(Request request) {
    request
        .header("Authorization")
        .filter(header -> header.startsWith(BEARER))
        .map(header -> Secret.of(header.substring(BEARER.length()).strip()))
        .ifPresent(entrance::logout);
    return Response.ok(new Said("Logout successful"));
  }

  private Response deactivate(Request request) {
    entrance.deactivate(request.caller());
    return Response.ok(new Said("Account deactivated"));
  }

  private Response erase(Request request) {
    Secret password = Secret.of(request.body(Confirmation.class).password());
    entrance.erase(request.caller(), password, request.remoteAddress());
    return Response.ok(new Said("Account erased"));
  }
}
