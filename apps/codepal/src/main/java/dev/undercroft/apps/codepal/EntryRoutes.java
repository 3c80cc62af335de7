package dev.undercroft.apps.codepal;

import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.RateLimit;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Registering, signing in and out over HTTP. */
final class EntryRoutes {

  private static final int ACCOUNTS_PER_HOUR = 30;

  private final Registration registration;
  private final Entrance entrance;
  private final RateLimit accounts;

  EntryRoutes(Registration registration, Entrance entrance, InstantSource clock) {
    this.registration = registration;
    this.entrance = entrance;
    this.accounts = new RateLimit(ACCOUNTS_PER_HOUR, Duration.ofHours(1), clock);
  }

  /** A new account. */
  record NewAccount(String email, String password, Optional<String> name) {}

  /** An address and a password. */
  record Credentials(String email, String password) {}

  /** A refresh token. */
  record Shown(String refreshToken) {}

  /**
   * A session.
   *
   * @param expiresIn how long the access token lasts, in seconds
   */
  record Session(
      String accessToken, String refreshToken, long expiresIn, Optional<Entrance.Person> user) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/code/register", "Makes an account")
            .takes(NewAccount.class)
            .answers(201, Registration.Registered.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::register));
    routes.add(
        Route.post("/code/login", "Opens a session")
            .takes(Credentials.class)
            .answers(Session.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::login));
    routes.add(
        Route.post("/code/refresh", "Exchanges the refresh token for the next two tokens")
            .describedAs("A refresh token counts once; when it is shown again, its session ends.")
            .takes(Shown.class)
            .answers(Session.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::refresh));
    routes.add(
        Route.post("/code/logout", "Ends the session; can be repeated")
            .takes(Shown.class)
            .answers(Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::logout));
  }

  private Response register(Request request) {
    accounts.take(request.remoteAddress());
    NewAccount account = request.body(NewAccount.class);
    return Response.of(
        201,
        registration.register(
            new Registration.Wanted(
                account.email(), Secret.of(account.password()), account.name())));
  }

  private Response login(Request request) {
    Credentials shown = request.body(Credentials.class);
    Entrance.Entered entered =
        entrance.login(shown.email(), Secret.of(shown.password()), request.remoteAddress());
    return Response.ok(session(entered.tokens(), Optional.of(entered.user())));
  }

  private Response refresh(Request request) {
    Secret shown = Secret.of(request.body(Shown.class).refreshToken());
    return Response.ok(session(entrance.refresh(shown), Optional.empty()));
  }

  private Response logout(Request request) {
    entrance.logout(Secret.of(request.body(Shown.class).refreshToken()));
    return Response.ok(new Said("Signed out"));
  }

  private static Session session(Entrance.Tokens tokens, Optional<Entrance.Person> user) {
    return new Session(
        tokens.access().reveal(), tokens.refresh().reveal(), Entrance.ACCESS.toSeconds(), user);
  }
}
