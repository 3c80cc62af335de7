package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projects and their scenes over HTTP. */
final class ProjectRoutes {

  private static final String ALL = "/api/v1/projects";
  private static final String ONE = ALL + "/{id}";

  private final Projects projects;

  ProjectRoutes(Projects projects) {
    this.projects = projects;
  }

  /** All scenes of a project. */
  record SceneList(List<ScopedScenes.Draft> scenes) {}

  /** A changed scene. */
  record SceneEdit(
      String sceneId,
      Optional<String> text,
      Optional<String> prompt,
      Optional<String> imageAssetId) {}

  /**
   * A story that has been put into the object store.
   *
   * @param fileName its name; .txt, .md, .docx or .pdf
   * @param sizeBytes how long it is; at most 5 MB
   * @param uri where it is
   */
  record Upload(String fileName, long sizeBytes, String uri) {}

  /** What pictures are made from, by scene. */
  record Prompts(List<Prompt> prompts) {}

  /** What the picture of a scene is made from. */
  record Prompt(String sceneId, String prompt) {}

  void declare(Routes routes) {
    routes.add(
        Route.get(ALL, "The caller's projects")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .with(Parameter.query("status", ProjectStatus.class, "only those in this status"))
            .with(
                Parameter.query("search", String.class, "part of title or description")
                    .between(1, 200))
            .with(
                Parameter.query("sort", ScopedProjects.Sorting.class, "the order")
                    .byDefault("created"))
            .answers(Envelopes.Paged.class, Views.Project.class)
            .openTo(Audience.TENANT)
            .handledBy(this::list));
    routes.add(
        Route.post(ALL, "Makes a project")
            .takes(Projects.Draft.class)
            .answers(201, Envelopes.One.class, Views.Project.class)
            .openTo(Audience.TENANT)
            .handledBy(this::create));
    declareOne(routes);
    declareScenes(routes);
  }

  private void declareOne(Routes routes) {
    routes.add(
        Route.get(ONE, "A project with its scenes in order and its five latest jobs")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Views.ProjectDetail.class)
            .openTo(Audience.TENANT)
            .handledBy(this::get));
    routes.add(
        Route.patch(ONE, "Changes what is given; the configuration is merged by section")
            .with(Asking.ID)
            .takes(ScopedProjects.Change.class)
            .answers(Envelopes.One.class, Views.Project.class)
            .openTo(Audience.TENANT)
            .handledBy(this::update));
    routes.add(
        Route.delete(ONE, "Deletes a project; refused while a job is queued or running")
            .with(Asking.ID)
            .answers(Envelopes.Done.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
    routes.add(
        Route.get(ONE + "/estimate", "What the project is likely to cost")
            .with(Asking.ID)
            .answers(Envelopes.Values.class)
            .openTo(Audience.TENANT)
            .handledBy(this::estimate));
    routes.add(
        Route.post(ONE + "/jobs", "Queues the making of the video")
            .with(Asking.ID)
            .answers(201, Envelopes.One.class, Views.Job.class)
            .openTo(Audience.TENANT)
            .handledBy(this::start));
  }

  private void declareScenes(Routes routes) {
    routes.add(
        Route.post(ONE + "/upload", "Keeps a story of at most 5 MB for the project")
            .with(Asking.ID)
            .takes(Upload.class)
            .answers(201, Envelopes.One.class, Views.Asset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::upload));
    routes.add(
        Route.put(ONE + "/scenes", "Puts these scenes in the place of all")
            .with(Asking.ID)
            .takes(SceneList.class)
            .answers(Envelopes.All.class, Views.Scene.class)
            .openTo(Audience.TENANT)
            .handledBy(this::replaceScenes));
    routes.add(
        Route.patch(ONE + "/scenes/edit", "Changes one scene")
            .with(Asking.ID)
            .takes(SceneEdit.class)
            .answers(Envelopes.One.class, Views.Scene.class)
            .openTo(Audience.TENANT)
            .handledBy(this::editScene));
    routes.add(
        Route.put(ONE + "/prompts", "Says what pictures are made from")
            .with(Asking.ID)
            .takes(Prompts.class)
            .answers(Envelopes.All.class, Views.Scene.class)
            .openTo(Audience.TENANT)
            .handledBy(this::setPrompts));
  }

  private Response list(Request request) {
    ScopedProjects.Asked asked =
        new ScopedProjects.Asked(
            Asking.page(request),
            request.query("status", ProjectStatus.class),
            request.query("search", String.class),
            request
                .query("sort", ScopedProjects.Sorting.class)
                .orElse(ScopedProjects.Sorting.created));
    return Response.ok(new Envelopes.Paged<>(projects.of(request.caller()).projects().list(asked)));
  }

  private Response create(Request request) {
    Views.Project project = projects.create(request.caller(), request.body(Projects.Draft.class));
    return Response.created(ALL + "/" + project.id(), new Envelopes.One<>(project));
  }

  private Response get(Request request) {
    return Response.ok(new Envelopes.One<>(projects.get(request.caller(), Asking.id(request))));
  }

  private Response update(Request request) {
    ScopedProjects.Change change = request.body(ScopedProjects.Change.class);
    return Response.ok(
        new Envelopes.One<>(projects.update(request.caller(), Asking.id(request), change)));
  }

  private Response delete(Request request) {
    projects.delete(request.caller(), Asking.id(request));
    return Response.ok(new Envelopes.Done("Project deleted"));
  }

  private Response estimate(Request request) {
    return Response.ok(
        new Envelopes.Values(projects.estimate(request.caller(), Asking.id(request))));
  }

  private Response start(Request request) {
    Views.Job job = projects.start(request.caller(), Asking.id(request));
    return Response.created("/api/v1/jobs/" + job.id(), new Envelopes.One<>(job));
  }

  private Response replaceScenes(Request request) {
    List<ScopedScenes.Draft> scenes = request.body(SceneList.class).scenes();
    return Response.ok(
        new Envelopes.All<>(projects.replaceScenes(request.caller(), Asking.id(request), scenes)));
  }

  private Response upload(Request request) {
    Views.Asset asset =
        projects.upload(request.caller(), Asking.id(request), request.body(Upload.class));
    return Response.created("/api/v1/assets/" + asset.id(), new Envelopes.One<>(asset));
  }

  private Response editScene(Request request) {
    SceneEdit edit = request.body(SceneEdit.class);
    ScopedScenes.Change change =
        new ScopedScenes.Change(edit.text(), edit.prompt(), edit.imageAssetId());
    return Response.ok(
        new Envelopes.One<>(
            projects.editScene(request.caller(), Asking.id(request), edit.sceneId(), change)));
  }

  private Response setPrompts(Request request) {
    List<Prompt> given = request.body(Prompts.class).prompts();
    Map<String, String> prompts = new LinkedHashMap<>();
    given.forEach(prompt -> prompts.put(prompt.sceneId(), prompt.prompt()));
    if (prompts.size() < given.size() || given.size() > Projects.MOST_SCENES) {
      throw Problem.of("EPIC_PROMPTS", ProblemKind.INPUT, "too many prompts, or two for a scene")
          .withRemedy("Send each scene once, at most " + Projects.MOST_SCENES + ".")
          .with("pointer", "/prompts")
          .exception();
    }
    return Response.ok(
        new Envelopes.All<>(projects.setPrompts(request.caller(), Asking.id(request), prompts)));
  }
}
