package dev.undercroft.apps.epic;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Live;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import dev.undercroft.sdk.Services;

/** How the jobs of a project go on, as they go on. Thread-safe. */
final class JobNews {

  private final Projects projects;
  private final Services services;

  JobNews(Projects projects, Services services) {
    this.projects = projects;
    this.services = services;
  }

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/v1/projects/{id}/events", "The jobs of a project, as they go on")
            .describedAs(
                "Events: `job`, a job that is new or has changed; `ready` at the beginning;"
                    + " `reset`: load the project again, news were lost.")
            .with(Asking.ID)
            .with(Live.LAST_EVENT)
            .streams(Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(this::follow));
  }

  private Response follow(Request request) {
    UserScopedClient own = projects.of(request.caller());
    String project = projects.get(request.caller(), Asking.id(request)).project().id();
    return services
        .live()
        .follow(
            request,
            "project/" + project,
            key -> own.jobs().find(key).map(job -> new Live.Update("job", job)));
  }
}
