package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.AuditLogs.Origin;
import dev.undercroft.apps.simplycaster.Invitations.InvitationView;
import dev.undercroft.apps.simplycaster.Users.UserView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.RateLimit;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Sign-in, invitations and password resets over HTTP. */
final class AccessRoutes {

  private static final int SIGN_INS_PER_ADDRESS = 30;
  private static final int RESETS_PER_ACCOUNT = 5;
  private static final int RESETS_PER_ADDRESS = 20;

  private final Logins logins;
  private final Invitations invitations;
  private final PasswordResets resets;
  private final RateLimit signIns;
  private final RateLimit resetsPerAccount;
  private final RateLimit resetsPerAddress;

  AccessRoutes(Logins logins, Invitations invitations, PasswordResets resets, InstantSource clock) {
    this.logins = logins;
    this.invitations = invitations;
    this.resets = resets;
    this.signIns = new RateLimit(SIGN_INS_PER_ADDRESS, Duration.ofMinutes(1), clock);
    this.resetsPerAccount = new RateLimit(RESETS_PER_ACCOUNT, Duration.ofHours(1), clock);
    this.resetsPerAddress = new RateLimit(RESETS_PER_ADDRESS, Duration.ofHours(1), clock);
  }

  /** For whom a link is wanted. */
  record Address(String email) {}

  /** Invitations, newest first. */
  record InvitationList(List<InvitationView> invitations) {}

  void declare(Routes routes) {
    routes.add(
        Route.post("/auth/login", "Signs in a host or administrator")
            .takes(Logins.Credentials.class)
            .answers(Logins.Session.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::login));
    routes.add(
        Route.post("/auth/password-reset", "Sends a link to choose a new password")
            .describedAs("The answer is the same whether or not the address is known.")
            .takes(Address.class)
            .answers(202, Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::requestReset));
    routes.add(
        Route.post("/auth/password-reset/complete", "Sets a new password by a link")
            .takes(PasswordResets.Reset.class)
            .answers(Said.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::reset));
    routes.add(
        Route.post("/host-setup", "Completes an invitation: makes the account")
            .takes(Invitations.SetUp.class)
            .answers(201, UserView.class)
            .openTo(Audience.EVERYONE)
            .handledBy(this::setUp));
    declareInvitations(routes);
  }

  private void declareInvitations(Routes routes) {
    routes.add(
        Route.get("/invitations", "Invitations, newest first")
            .answers(InvitationList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(new InvitationList(invitations.invitations(Actor.of(request))))));
    routes.add(
        Route.post("/invitations", "Invites a host or administrator")
            .takes(Invitations.Wanted.class)
            .answers(201, Invitations.Invited.class)
            .openTo(Audience.TENANT)
            .handledBy(this::invite));
    routes.add(
        Route.delete("/invitations/{id}", "Takes an invitation back")
            .with(Parameter.path("id", UUID.class, "the invitation"))
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::revoke));
  }

  private static Origin origin(Request request) {
    Actor actor = Actor.of(request);
    return new Origin(actor.address(), actor.agent());
  }

  private Response login(Request request) {
    signIns.take(request.remoteAddress());
    return Response.ok(logins.login(request.body(Logins.Credentials.class), origin(request)));
  }

  private Response requestReset(Request request) {
    String email = request.body(Address.class).email();
    resetsPerAddress.take(request.remoteAddress());
    resetsPerAccount.take(email.strip().toLowerCase(Locale.ROOT));
    resets.request(email, origin(request));
    return Response.of(
        202, new Said("If the address is known, a link is on its way. It works for an hour."));
  }

  private Response reset(Request request) {
    resets.reset(request.body(PasswordResets.Reset.class), origin(request));
    return Response.ok(new Said("The new password is set"));
  }

  private Response setUp(Request request) {
    UserView user =
        invitations.completeSetUp(request.body(Invitations.SetUp.class), origin(request));
    return Response.created("/users/" + user.id(), user);
  }

  private Response invite(Request request) {
    Invitations.Invited invited =
        invitations.invite(Actor.of(request), request.body(Invitations.Wanted.class));
    return Response.created("/invitations/" + invited.invitation().id(), invited);
  }

  private Response revoke(Request request) {
    invitations.revoke(Actor.of(request), request.path("id", UUID.class));
    return Response.ok(new Said("Invitation revoked"));
  }
}
