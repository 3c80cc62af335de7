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

/** Proofs of addresses, and forgotten passwords, over HTTP. */
final class ProofRoutes {

  private static final int LETTERS_PER_HOUR = 5;
  private static final int ATTEMPTS_PER_HOUR = 30;

  private final Proofs proofs;
  private final RateLimit letters;
  private final RateLimit attempts;

  ProofRoutes(Proofs proofs, InstantSource clock) {
    this.proofs = proofs;
    this.letters = new RateLimit(LETTERS_PER_HOUR, Duration.ofHours(1), clock);
    this.attempts = new RateLimit(ATTEMPTS_PER_HOUR, Duration.ofHours(1), clock);
  }

  /** A token from a letter. */
  record Token(String token) {}

  /** An address. */
  record Address(String email) {}

  /** A new password, with the token that allows it. */
  record NewPassword(String email, String token, String password) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/code/address", "Sends the caller a code that proves the address")
            .answers(202, Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::askForAddress));
    routes.add(
        Route.post("/code/address/proof", "Proves the caller's address")
            .takes(Token.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::proveAddress));
    routes.add(
        Route.post("/code/password/forgotten", "Sends a code for a new password")
            .describedAs("The answer is the same whether the address has an account or not.")
            .takes(Address.class)
            .answers(202, Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::askForPassword));
    routes.add(
        Route.post("/code/password/reset", "Sets a new password; ends all sessions and keys")
            .takes(NewPassword.class)
            .answers(Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::setPassword));
  }

  private Response askForAddress(Request request) {
    letters.take("address " + Callers.id(request.caller()));
    proofs.askForAddress(request.caller());
    return Response.of(202, new Said("The code is on its way"));
  }

  private Response proveAddress(Request request) {
    attempts.take("address " + Callers.id(request.caller()));
    proofs.proveAddress(request.caller(), Secret.of(request.body(Token.class).token()));
    return Response.ok(new Said("The address is proved"));
  }

  private Response askForPassword(Request request) {
    String email = Addresses.normal(request.body(Address.class).email());
    Addresses.wrong(email)
        .ifPresent(problem -> {
          throw problem.exception();
        });
    letters.take("password " + email);
    proofs.askForPassword(email);
    return Response.of(202, new Said("If the address has an account, the code is on its way"));
  }

  private Response setPassword(Request request) {
    attempts.take("password " + request.remoteAddress());
    NewPassword wanted = request.body(NewPassword.class);
    proofs.setPassword(
        new Proofs.Reset(wanted.email(), Secret.of(wanted.token()), Secret.of(wanted.password())));
    return Response.ok(new Said("The password is set; sign in with it"));
  }
}
