package dev.undercroft.apps.epic;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.Map;
import java.util.Optional;

/** Jobs over HTTP: for users, who cancel and repeat, and for workers, who run. */
final class JobRoutes {

  private static final String ONE = "/api/v1/jobs/{id}";
  private static final String WORKER = "/api/v1/worker/jobs";

  private static final int LONGEST_CODE = 100;
  private static final int LONGEST_MESSAGE = 2_000;

  private final Projects projects;
  private final JobQueue queue;

  JobRoutes(Projects projects, JobQueue queue) {
    this.projects = projects;
    this.queue = queue;
  }

  /** What an attempt has cost; its number stands in the claimed job. */
  record Finished(int attempt, Map<String, Object> cost) {}

  /** Why an attempt has failed. */
  record Failed(
      int attempt,
      String code,
      String message,
      Optional<Map<String, Object>> details,
      boolean retryable) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/api/v1/jobs", "The caller's jobs, newest first")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .answers(Envelopes.Paged.class, Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new Envelopes.Paged<>(
                        projects.of(request.caller()).jobs().list(Asking.page(request))))));
    routes.add(
        Route.get(ONE, "A job")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(this::get));
    routes.add(
        Route.post(ONE + "/cancel", "Cancels a job that is queued or running")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                moved(request, projects.of(request.caller()).jobs().cancel(Asking.id(request)))));
    routes.add(
        Route.post(ONE + "/retry", "Queues a job that has failed, up to three attempts")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                moved(request, projects.of(request.caller()).jobs().retry(Asking.id(request)))));
    declareWork(routes);
  }

  private void declareWork(Routes routes) {
    routes.add(
        Route.post(WORKER + "/claim", "Takes the next jobs of the queue")
            .with(
                Parameter.query("limit", Integer.class, "how many")
                    .between(1, JobQueue.BATCH)
                    .byDefault("1"))
            .answers(Envelopes.All.class, Views.Job.class)
            .openTo(Audience.OPERATOR)
            .handledBy(this::claim));
    routes.add(
        Route.post(WORKER + "/{id}/succeed", "A job is done")
            .with(Asking.ID)
            .takes(Finished.class)
            .answers(Envelopes.One.class, Views.Job.class)
            .openTo(Audience.OPERATOR)
            .handledBy(this::succeed));
    routes.add(
        Route.post(WORKER + "/{id}/fail", "A job has failed; it is tried three times")
            .with(Asking.ID)
            .takes(Failed.class)
            .answers(Envelopes.One.class, Views.Job.class)
            .openTo(Audience.OPERATOR)
            .handledBy(this::fail));
  }

  private Response get(Request request) {
    String id = Asking.id(request);
    return Response.ok(
        new Envelopes.One<>(
            projects
                .of(request.caller())
                .jobs()
                .find(id)
                .orElseThrow(() -> Unknown.row("job", id))));
  }

  private static Response moved(Request request, Optional<Views.Job> job) {
    return Response.ok(
        new Envelopes.One<>(job.orElseThrow(() -> Unknown.row("job", Asking.id(request)))));
  }

  private Response succeed(Request request) {
    Finished finished = request.body(Finished.class);
    JobQueue.Attempt attempt = new JobQueue.Attempt(Asking.id(request), finished.attempt());
    return Response.ok(new Envelopes.One<>(queue.succeed(attempt, finished.cost())));
  }

  private Response fail(Request request) {
    Failed failed = request.body(Failed.class);
    JobQueue.Attempt attempt = new JobQueue.Attempt(Asking.id(request), failed.attempt());
    JobQueue.Failure failure =
        new JobQueue.Failure(
            Texts.demand(failed.code(), 1, LONGEST_CODE, "/code"),
            Texts.demand(failed.message(), 0, LONGEST_MESSAGE, "/message"),
            failed.details(),
            failed.retryable());
    return Response.ok(new Envelopes.One<>(queue.fail(attempt, failure)));
  }

  private Response claim(Request request) {
    int most = request.query("limit", Integer.class).orElse(1);
    return Response.ok(new Envelopes.All<>(queue.claim(most)));
  }
}
