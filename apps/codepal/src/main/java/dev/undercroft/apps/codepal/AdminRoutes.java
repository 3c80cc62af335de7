package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Accounts for administrators, and the record of changes, over HTTP. */
final class AdminRoutes {

  private final Administration administration;
  private final AuditTrail trail;
  private final Ways ways;

  AdminRoutes(Administration administration, AuditTrail trail, Ways ways) {
    this.administration = administration;
    this.trail = trail;
    this.ways = ways;
  }

  /** A way from one person to another, without the first. */
  record Way(List<Ways.Step> steps) {}

  /** A page of accounts. */
  record UserList(List<Profiles.Profile> users) {}

  /**
   * Another role.
   *
   * @param role user or admin
   */
  record NewRole(String role) {}

  /** A page of changes, newest first. */
  record EntryList(List<AuditTrail.Entry> entries) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/users", "Accounts; for administrators")
            .with(Pages.LIMIT)
            .with(Pages.AFTER)
            .answers(UserList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new UserList(
                        administration.users(
                            request.caller(), Pages.limit(request), Pages.after(request))))));
    routes.add(
        Route.patch("/code/users/{user}", "Gives an account another role; for administrators")
            .with(Parameter.path("user", String.class, "the account"))
            .takes(NewRole.class)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::setRole));
    routes.add(
        Route.get(
                "/code/audit", "The caller's changes, newest first; everybody's for administrators")
            .with(Pages.LIMIT)
            .with(Parameter.query("before", Long.class, "only entries before this one"))
            .answers(EntryList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::audit));
    routes.add(
        Route.get("/code/ways", "A shortest way from one account to another; for administrators")
            .with(Parameter.query("from", String.class, "where it begins").mandatory())
            .with(Parameter.query("to", String.class, "where it ends").mandatory())
            .answers(Way.class)
            .openTo(Audience.TENANT)
            .handledBy(this::way));
  }

  private Response way(Request request) {
    return Response.ok(
        new Way(
            ways.shortest(
                request.caller(),
                request.query("from", String.class).orElseThrow(),
                request.query("to", String.class).orElseThrow())));
  }

  private Response setRole(Request request) {
    String user = Callers.idIn(request, "user", Profiles::unknown);
    administration.setRole(
        request.caller(), user, Callers.Role.of(request.body(NewRole.class).role()));
    return Response.ok(new Said("Role changed"));
  }

  private Response audit(Request request) {
    var asked = new AuditTrail.Asked(Pages.limit(request), request.query("before", Long.class));
    return Response.ok(new EntryList(trail.entries(request.caller(), asked)));
  }
}
