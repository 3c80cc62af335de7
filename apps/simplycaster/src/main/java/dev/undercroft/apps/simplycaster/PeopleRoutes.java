package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.AuditLogs.AuditView;
import dev.undercroft.apps.simplycaster.Users.UserView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.DatabaseHealth;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Users, the audit log and health over HTTP. */
final class PeopleRoutes {

  private static final Parameter USER = Parameter.path("id", UUID.class, "the user");

  private final Users users;
  private final AuditLogs audit;
  private final DatabaseHealth health;

  PeopleRoutes(Users users, AuditLogs audit, DatabaseHealth health) {
    this.users = users;
    this.audit = audit;
    this.health = health;
  }

  /** Users, oldest first. */
  record UserList(List<UserView> users) {}

  /** Entries, newest first. */
  record AuditList(List<AuditView> entries) {}

  /** How the database is. */
  record Health(String status, Optional<Instant> timestamp, Optional<String> error) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/users", "Users, oldest first")
            .with(Parameter.query("email", String.class, "only those whose address contains this"))
            .answers(UserList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::list));
    routes.add(
        Route.get("/users/me", "Who you are")
            .answers(UserView.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> one(request, Actor.of(request).id())));
    routes.add(
        Route.get("/users/{id}", "A user")
            .with(USER)
            .answers(UserView.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> one(request, request.path("id", UUID.class))));
    routes.add(
        Route.patch("/users/{id}", "Changes role or activation")
            .with(USER)
            .takes(Users.Change.class)
            .answers(UserView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::change));
    routes.add(
        Route.delete("/users/{id}", "Deletes a user; the row is kept")
            .with(USER)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
    declareAudit(routes);
    routes.add(
        Route.get("/healthcheck", "Whether the database answers")
            .answers(200, Health.class)
            .answers(503, Health.class)
            .openTo(Audience.EVERYONE)
            .handledBy(request -> healthCheck()));
  }

  private void declareAudit(Routes routes) {
    routes.add(
        Route.get("/audit-log", "What was done, newest first; hosts see their own deeds")
            .with(limit(AuditLogs.USUAL_LIMIT))
            .answers(AuditList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new AuditList(
                        audit.getRecentAuditLogs(
                            request.caller(), number(request, AuditLogs.USUAL_LIMIT))))));
    routes.add(
        Route.get("/users/{id}/audit-log", "What a user did, newest first")
            .with(USER)
            .with(limit(AuditLogs.USUAL_LIMIT_OF_A_USER))
            .answers(AuditList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::deeds));
  }

  private static Parameter limit(int usual) {
    return Parameter.query("limit", Integer.class, "how many")
        .between(1, AuditLogs.MOST)
        .byDefault(String.valueOf(usual));
  }

  private static int number(Request request, int usual) {
    return request.query("limit", Integer.class).orElse(usual);
  }

  private Response list(Request request) {
    Optional<String> part = request.query("email", String.class);
    return Response.ok(
        new UserList(
            part.isPresent()
                ? users.search(Actor.of(request), part.get())
                : users.getAllUsers(request.caller())));
  }

  private Response one(Request request, UUID id) {
    return Response.ok(
        users
            .getUserById(request.caller(), id)
            .orElseThrow(() -> Wordings.unknown("user", id).exception()));
  }

  private Response change(Request request) {
    Users.Change change = request.body(Users.Change.class);
    return Response.ok(users.change(Actor.of(request), request.path("id", UUID.class), change));
  }

  private Response delete(Request request) {
    users.delete(Actor.of(request), request.path("id", UUID.class));
    return Response.ok(new Said("User deleted"));
  }

  private Response deeds(Request request) {
    return Response.ok(
        new AuditList(
            audit.getAuditLogsByUserId(
                request.caller(),
                request.path("id", UUID.class),
                number(request, AuditLogs.USUAL_LIMIT_OF_A_USER))));
  }

  private Response healthCheck() {
    DatabaseHealth.Snapshot now = health.check();
    if (now.connected() && now.errors().isEmpty()) {
      return Response.ok(new Health("healthy", Optional.of(now.at()), Optional.empty()));
    }
    String error = now.errors().isEmpty() ? "DATABASE_UNREACHABLE" : now.errors().getFirst();
    return Response.of(503, new Health("unhealthy", Optional.empty(), Optional.of(error)));
  }
}
