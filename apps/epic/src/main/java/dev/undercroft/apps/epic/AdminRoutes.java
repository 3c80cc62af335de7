package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.UserRole;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;

/** Administration over HTTP, for users of the role ADMIN. */
final class AdminRoutes {

  private final Administration administration;
  private final DatabaseService database;

  AdminRoutes(Administration administration, DatabaseService database) {
    this.administration = administration;
    this.database = database;
  }

  /** Another role. */
  record NewRole(UserRole role) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/v1/admin/users", "All users, newest first")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .with(Parameter.query("role", UserRole.class, "only those of this role"))
            .answers(Envelopes.Paged.class, Administration.Listed.class)
            .openTo(Audience.TENANT)
            .handledBy(this::users));
    routes.add(
        Route.get("/api/v1/admin/users/{id}", "A user and what belongs to the account")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Administration.Detail.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new Envelopes.One<>(
                        administration.user(request.caller(), Asking.id(request))))));
    routes.add(
        Route.patch("/api/v1/admin/users/{id}", "Gives a user another role")
            .with(Asking.ID)
            .takes(NewRole.class)
            .answers(Envelopes.One.class, Users.Profile.class)
            .openTo(Audience.TENANT)
            .handledBy(this::setRole));
    declareProjects(routes);
    routes.add(
        Route.get("/api/metrics", "How many rows there are")
            .answers(Envelopes.One.class, DatabaseService.Stats.class)
            .openTo(Audience.TENANT)
            .handledBy(this::statistics));
  }

  private void declareProjects(Routes routes) {
    routes.add(
        Route.get("/api/v1/admin/projects", "Projects of all users, newest first")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .with(Parameter.query("user", String.class, "only those of this user").between(1, 100))
            .with(Parameter.query("deleted", Boolean.class, "only deleted ones, or only others"))
            .answers(Envelopes.Paged.class, Administration.ListedProject.class)
            .openTo(Audience.TENANT)
            .handledBy(this::projects));
    routes.add(
        Route.post("/api/v1/admin/projects/{id}/restore", "Brings a deleted project back")
            .with(Asking.ID)
            .answers(Envelopes.Done.class)
            .openTo(Audience.TENANT)
            .handledBy(this::restore));
  }

  private Response users(Request request) {
    return Response.ok(
        new Envelopes.Paged<>(
            administration.users(
                request.caller(), Asking.page(request), request.query("role", UserRole.class))));
  }

  private Response projects(Request request) {
    return Response.ok(
        new Envelopes.Paged<>(
            administration.projects(
                request.caller(),
                Asking.page(request),
                request.query("user", String.class),
                request.query("deleted", Boolean.class))));
  }

  private Response setRole(Request request) {
    UserRole role = request.body(NewRole.class).role();
    return Response.ok(
        new Envelopes.One<>(administration.setRole(request.caller(), Asking.id(request), role)));
  }

  private Response restore(Request request) {
    administration.restore(request.caller(), Asking.id(request));
    return Response.ok(new Envelopes.Done("Project restored"));
  }

  private Response statistics(Request request) {
    Callers.demandAdmin(request.caller());
    return Response.ok(new Envelopes.One<>(database.getDatabaseStats()));
  }
}
