package dev.undercroft.apps.codepal;

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

/** Members of projects over HTTP. */
final class MemberRoutes {

  private static final Parameter USER = Parameter.path("user", String.class, "the member");

  /** Whoever takes people in learns which addresses have accounts: few at a time. */
  private static final int INVITATIONS_PER_HOUR = 60;

  private final Members members;
  private final RateLimit invitations;

  MemberRoutes(Members members, InstantSource clock) {
    this.members = members;
    this.invitations = new RateLimit(INVITATIONS_PER_HOUR, Duration.ofHours(1), clock);
  }

  /** A page of members. */
  record MemberList(List<Members.View> members) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/projects/{project}/members", "Who works on a project")
            .with(ProjectRoutes.PROJECT)
            .with(Pages.LIMIT)
            .with(Pages.AFTER)
            .answers(MemberList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::list));
    routes.add(
        Route.post("/code/projects/{project}/members", "Takes somebody in, by address")
            .with(ProjectRoutes.PROJECT)
            .takes(Members.Wanted.class)
            .answers(201, Members.View.class)
            .openTo(Audience.TENANT)
            .handledBy(this::add));
    routes.add(
        Route.put("/code/projects/{project}/members/{user}", "Changes what a member is")
            .with(ProjectRoutes.PROJECT)
            .with(USER)
            .takes(Members.Change.class)
            .answers(Members.View.class)
            .openTo(Audience.TENANT)
            .handledBy(this::change));
    routes.add(
        Route.delete("/code/projects/{project}/members/{user}", "Ends a membership, or the own one")
            .with(ProjectRoutes.PROJECT)
            .with(USER)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::remove));
  }

  private Response list(Request request) {
    return Response.ok(
        new MemberList(
            members.list(
                request.caller(),
                ProjectRoutes.project(request),
                Pages.limit(request),
                Pages.after(request))));
  }

  private Response add(Request request) {
    String project = ProjectRoutes.project(request);
    invitations.take(Callers.id(request.caller()));
    Members.View member =
        members.addTeamMember(request.caller(), project, request.body(Members.Wanted.class));
    return Response.created("/code/projects/" + project + "/members/" + member.userId(), member);
  }

  private Response change(Request request) {
    return Response.ok(
        members.changeTeamMember(
            request.caller(),
            ProjectRoutes.project(request),
            user(request),
            request.body(Members.Change.class)));
  }

  private Response remove(Request request) {
    members.removeTeamMember(request.caller(), ProjectRoutes.project(request), user(request));
    return Response.ok(new Said("Membership ended"));
  }

  private static String user(Request request) {
    return Callers.idIn(request, "user", Members::unknown);
  }
}
