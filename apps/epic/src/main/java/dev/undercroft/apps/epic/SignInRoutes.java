package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.base.Secret;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.RateLimit;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Signing in by a letter, and out. */
final class SignInRoutes {

  private static final String BEARER = "Bearer ";
  private static final int LETTERS = 5;

  /** By address of the network, behind which there may be many people. */
  private static final int REQUESTS = 100;

  private static final Duration SPAN = Duration.ofMinutes(15);

  private final Entrance entrance;
  private final RateLimit letters;
  private final RateLimit requests;

  SignInRoutes(Entrance entrance, InstantSource clock) {
    this.entrance = entrance;
    this.letters = new RateLimit(LETTERS, SPAN, clock);
    this.requests = new RateLimit(REQUESTS, SPAN, clock);
  }

  /** An address. */
  record Address(String email) {}

  /** An address and the code from the letter. */
  record Code(String email, String token) {}

  /** A session. */
  record Session(boolean success, String token, Instant expiresAt, String userId, UserRole role) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/api/auth/email", "Sends a letter with a code to an address")
            .takes(Address.class)
            .answers(Envelopes.Done.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::letter));
    routes.add(
        Route.post("/api/auth/session", "Opens a session with the code of a letter")
            .takes(Code.class)
            .answers(201, Session.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::enter));
    routes.add(
        Route.delete("/api/auth/session", "Ends the session; can be repeated")
            .answers(Envelopes.Done.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::leave));
  }

  private Response letter(Request request) {
    requests.take(request.remoteAddress());
    String email = Entrance.email(request.body(Address.class).email());
    letters.take(email);
    entrance.invite(email);
    return Response.ok(new Envelopes.Done("If the address is right, a letter is on its way"));
  }

  private Response enter(Request request) {
    Code code = request.body(Code.class);
    requests.take(request.remoteAddress());
    Entrance.Entered entered =
        entrance.enter(Entrance.email(code.email()), Secret.of(code.token()));
    return Response.of(
        201,
        new Session(
            true, entered.token().reveal(), entered.expiresAt(), entered.user(), entered.role()));
  }

  private Response leave(Request request) {
    request
        .header("Authorization")
        .filter(header -> header.startsWith(BEARER))
        .map(header -> Secret.of(header.substring(BEARER.length()).strip()))
        .ifPresent(entrance::leave);
    return Response.ok(new Envelopes.Done("Signed out"));
  }
}
