package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Projects over HTTP. */
final class ProjectRoutes {

  /** The project of a path. */
  static final Parameter PROJECT = Parameter.path("project", String.class, "the project");

  private final Projects projects;

  ProjectRoutes(Projects projects) {
    this.projects = projects;
  }

  /** A page of projects, newest first. */
  record ProjectList(List<Projects.View> projects) {}

  /** The project that a request is about. */
  static String project(Request request) {
    return Callers.idIn(request, "project", ProjectAccess::unknown);
  }

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/projects", "Projects in which the caller is a member, newest first")
            .with(Pages.LIMIT)
            .with(Pages.AFTER)
            .with(Parameter.query("status", Projects.Status.class, "only those in this state"))
            .answers(ProjectList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::list));
    routes.add(
        Route.post("/code/projects", "Makes a project; the caller owns it")
            .takes(Projects.Wanted.class)
            .answers(201, Projects.View.class)
            .openTo(Audience.TENANT)
            .handledBy(this::create));
    declareOne(routes);
  }

  private void declareOne(Routes routes) {
    routes.add(
        Route.get("/code/projects/{project}", "A project")
            .with(PROJECT)
            .answers(Projects.View.class)
            .openTo(Audience.TENANT)
            .handledBy(
                request -> Response.ok(projects.getProject(request.caller(), project(request)))));
    routes.add(
        Route.patch("/code/projects/{project}", "Changes what is given; archives, or takes back")
            .with(PROJECT)
            .takes(Projects.Change.class)
            .answers(Projects.View.class)
            .openTo(Audience.TENANT)
            .handledBy(this::update));
    routes.add(
        Route.delete("/code/projects/{project}", "Deletes a project")
            .with(PROJECT)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
    routes.add(
        Route.get("/code/projects/{project}/stats", "How many files and lines, and the last change")
            .with(PROJECT)
            .answers(Projects.Stats.class)
            .openTo(Audience.TENANT)
            .handledBy(request -> Response.ok(projects.stats(request.caller(), project(request)))));
  }

  private Response list(Request request) {
    var asked =
        new Projects.Asked(
            Pages.limit(request),
            Pages.after(request),
            request.query("status", Projects.Status.class));
    return Response.ok(new ProjectList(projects.getUserProjects(request.caller(), asked)));
  }

  private Response create(Request request) {
    Projects.View made =
        projects.createProject(request.caller(), request.body(Projects.Wanted.class));
    return Response.created("/code/projects/" + made.id(), made);
  }

  private Response update(Request request) {
    Projects.Change change = request.body(Projects.Change.class);
    return Response.ok(projects.updateProject(request.caller(), project(request), change));
  }

  private Response delete(Request request) {
    projects.deleteProject(request.caller(), project(request));
    return Response.ok(new Said("Project deleted"));
  }
}
