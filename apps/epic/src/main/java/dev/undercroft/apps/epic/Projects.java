package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.AssetType;
import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.DSLContext;

/** What users do with their projects. Thread-safe. */
final class Projects {

  private static final int LONGEST_TITLE = 200;
  private static final int LONGEST_DESCRIPTION = 2_000;
  private static final int SHORTEST_SCENE = 50;
  private static final int LONGEST_SCENE = 280;
  private static final int LONGEST_PROMPT = 2_000;
  private static final int LONGEST_ADDRESS = 2_000;

  /** No role may have more in one project. */
  static final int MOST_SCENES = 100;

  private static final long LARGEST_STORY = 5L << 20;
  private static final Pattern STORY =
      Pattern.compile("[^/\\\\\\p{Cntrl}]{1,200}\\.(?:txt|md|docx|pdf)", Pattern.CASE_INSENSITIVE);

  private final Data data;
  private final Quotas quotas;

  Projects(Data data, Quotas quotas) {
    this.data = data;
    this.quotas = quotas;
  }

  /** A project to be; the configuration is laid over the default preset, that over the usual. */
  record Draft(String title, Optional<String> description, Optional<Map<String, Object>> config) {}

  UserScopedClient of(Caller caller) {
    return new UserScopedClient(new Scope(data, Callers.id(caller)));
  }

  /**
   * Makes a draft.
   *
   * @throws ProblemException if something is wrong with it, or today's projects are used up
   */
  Views.Project create(Caller caller, Draft draft) {
    String title = Texts.demand(draft.title(), 1, LONGEST_TITLE, "/title");
    Optional<String> description = draft.description().map(Projects::description);
    Map<String, Object> wanted = draft.config().orElse(Map.of());
    ProjectConfig.demand(wanted);
    UserScopedClient own = of(caller);
    return own.scope()
        .write(db -> {
          quotas.demandProject(db, own.scope().user());
          Map<String, Object> preset =
              own.presets().byDefault(db).map(Views.Preset::config).orElse(Map.of());
          Map<String, Object> config =
              ProjectConfig.merged(ProjectConfig.merged(ProjectConfig.USUAL, preset), wanted);
          ProjectConfig.demand(config);
          return own.projects().create(db, title, description, config);
        });
  }

  /**
   * The whole project.
   *
   * @throws ProblemException not found, also for a project of somebody else
   */
  Views.ProjectDetail get(Caller caller, String id) {
    return of(caller).projects().detail(id).orElseThrow(() -> Unknown.row("project", id));
  }

  /**
   * Changes what is given.
   *
   * @throws ProblemException if something is wrong with it
   */
  Views.Project update(Caller caller, String id, ScopedProjects.Change change) {
    change.config().ifPresent(ProjectConfig::demand);
    change.status().ifPresent(Projects::demandOwnStatus);
    ScopedProjects.Change clean =
        new ScopedProjects.Change(
            change.title().map(title -> Texts.demand(title, 1, LONGEST_TITLE, "/title")),
            change.description().map(Projects::description),
            change.status(),
            change.config());
    return of(caller).projects().update(id, clean).orElseThrow(() -> Unknown.row("project", id));
  }

  /** The other steps are those of its job. */
  private static void demandOwnStatus(ProjectStatus status) {
    if (status != ProjectStatus.DRAFT && status != ProjectStatus.READY) {
      throw Problem.of(
              "EPIC_STATUS", ProblemKind.INPUT, status + " comes from the jobs of the project")
          .withRemedy("Set DRAFT or READY; a job does the rest.")
          .with("pointer", "/status")
          .exception();
    }
  }

  /**
   * Deletes it softly.
   *
   * @throws ProblemException conflict, while a job is queued or running
   */
  void delete(Caller caller, String id) {
    if (!of(caller).projects().delete(id)) {
      throw Unknown.row("project", id);
    }
  }

  /**
   * Puts these scenes in the place of all that the project has.
   *
   * @throws ProblemException if something is wrong with them, or they are too many
   */
  List<Views.Scene> replaceScenes(Caller caller, String id, List<ScopedScenes.Draft> drafts) {
    if (drafts.size() > MOST_SCENES) {
      throw Problem.of("EPIC_TOO_MANY_SCENES", ProblemKind.INPUT, drafts.size() + " scenes")
          .withRemedy("Send at most " + MOST_SCENES + ".")
          .with("pointer", "/scenes")
          .exception();
    }
    List<ScopedScenes.Draft> clean = cleaned(drafts);
    int characters =
        clean.stream().mapToInt(one -> one.text().codePointCount(0, one.text().length())).sum();
    UserScopedClient own = of(caller);
    return own.scope()
        .write(db -> {
          quotas.demandScenes(db, own.scope().user(), id, clean.size(), characters);
          demandProject(own, db, id);
          return own.scenes().replace(db, id, clean);
        });
  }

  private static List<ScopedScenes.Draft> cleaned(List<ScopedScenes.Draft> drafts) {
    List<Problem> problems = new ArrayList<>();
    List<ScopedScenes.Draft> clean = new ArrayList<>();
    for (int i = 0; i < drafts.size(); i++) {
      ScopedScenes.Draft draft = drafts.get(i);
      String place = "/scenes/" + i;
      try {
        clean.add(
            new ScopedScenes.Draft(
                Texts.demand(draft.text(), SHORTEST_SCENE, LONGEST_SCENE, place + "/text"),
                draft
                    .prompt()
                    .map(prompt -> Texts.demand(prompt, 1, LONGEST_PROMPT, place + "/prompt")),
                draft.imageAssetId()));
      } catch (ProblemException wrong) {
        problems.addAll(wrong.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    return clean;
  }

  /**
   * Changes one scene of a project.
   *
   * @throws ProblemException not found, also for a scene of somebody else
   */
  Views.Scene editScene(Caller caller, String project, String id, ScopedScenes.Change change) {
    ScopedScenes.Change clean =
        new ScopedScenes.Change(
            change.text().map(text -> Texts.demand(text, SHORTEST_SCENE, LONGEST_SCENE, "/text")),
            change.prompt().map(prompt -> Texts.demand(prompt, 1, LONGEST_PROMPT, "/prompt")),
            change.imageAssetId());
    UserScopedClient own = of(caller);
    return own.scope()
        .write(db -> {
          clean
              .text()
              .ifPresent(text ->
                  quotas.demandText(
                      db, own.scope().user(), id, text.codePointCount(0, text.length())));
          demandProject(own, db, project);
          return own.scenes()
              .update(db, project, id, clean)
              .orElseThrow(() -> Unknown.row("scene", id));
        });
  }

  /**
   * Says what the pictures of scenes are made from; all or none.
   *
   * @param prompts by scene
   * @throws ProblemException not found, also for a scene of somebody else
   */
  List<Views.Scene> setPrompts(Caller caller, String project, Map<String, String> prompts) {
    Map<String, String> clean = new LinkedHashMap<>();
    prompts.forEach(
        (scene, prompt) -> clean.put(scene, Texts.demand(prompt, 1, LONGEST_PROMPT, "/prompts")));
    UserScopedClient own = of(caller);
    return own.scope()
        .write(db -> {
          demandProject(own, db, project);
          return own.scenes().setPrompts(db, project, clean);
        });
  }

  private static Views.Project demandProject(UserScopedClient own, DSLContext db, String id) {
    return own.projects().lock(db, id).orElseThrow(() -> Unknown.row("project", id));
  }

  /** What the project is likely to cost. */
  Map<String, Object> estimate(Caller caller, String id) {
    Views.ProjectDetail project = get(caller, id);
    return Costs.estimate(
        project.scenes().stream().map(Views.Scene::text).toList(), project.project().config());
  }

  /**
   * Queues the making of the video.
   *
   * @throws ProblemException conflict, if the project is not ready
   */
  Views.Job start(Caller caller, String id) {
    UserScopedClient own = of(caller);
    Map<String, Object> estimate = estimate(caller, id);
    return own.scope()
        .write(db -> {
          Views.Project project = demandProject(own, db, id);
          if (own.jobs().active(db, id)) {
            throw Wordings.activeJobs().exception();
          }
          if (project.status() != ProjectStatus.READY) {
            throw Problem.of(
                    "EPIC_NOT_READY",
                    ProblemKind.CONFLICT,
                    "the project is " + project.status() + ", not READY")
                .withRemedy("Set its status to READY first.")
                .exception();
          }
          return own.jobs().create(db, id, project.config(), estimate);
        });
  }

  /**
   * Keeps an asset.
   *
   * @throws ProblemException if something is wrong with it, or today's are used up
   */
  Views.Asset addAsset(Caller caller, ScopedAssets.Draft draft) {
    Texts.demandAddress(draft.uri(), LONGEST_ADDRESS, "/uri");
    draft.metadata().ifPresent(metadata -> Texts.demandSmall(metadata, "/metadata"));
    if (draft.sizeBytes().filter(size -> size < 0).isPresent()) {
      throw Problem.of("EPIC_SIZE", ProblemKind.INPUT, "a size is not negative")
          .withRemedy("Give the number of bytes.")
          .with("pointer", "/sizeBytes")
          .exception();
    }
    UserScopedClient own = of(caller);
    return own.scope()
        .write(db -> {
          quotas.demandAsset(db, own.scope().user(), draft);
          return own.assets().create(db, draft);
        });
  }

  /**
   * Keeps a story for a project.
   *
   * @throws ProblemException if it is too long or of a kind that is not read
   */
  Views.Asset upload(Caller caller, String project, ProjectRoutes.Upload upload) {
    Texts.demandAddress(upload.uri(), LONGEST_ADDRESS, "/uri");
    Matcher name = STORY.matcher(upload.fileName());
    if (!name.matches() || upload.sizeBytes() < 0 || upload.sizeBytes() > LARGEST_STORY) {
      throw Problem.of(
              "EPIC_UPLOAD",
              ProblemKind.INPUT,
              "a file of " + upload.sizeBytes() + " bytes, or of its name, is not taken")
          .withRemedy("Take a .txt, .md, .docx or .pdf of at most " + LARGEST_STORY + " bytes.")
          .with("pointer", name.matches() ? "/sizeBytes" : "/fileName")
          .exception();
    }
    UserScopedClient own = of(caller);
    ScopedAssets.Draft draft =
        new ScopedAssets.Draft(
            AssetType.TEXT,
            upload.uri(),
            Optional.of(Map.of("project_id", project, "file_name", upload.fileName())),
            Optional.of(upload.sizeBytes()),
            Optional.of(quotas.now().plus(ScopedAssets.KEPT)));
    return own.scope()
        .write(db -> {
          demandProject(own, db, project);
          return own.assets().create(db, draft);
        });
  }

  private static String description(String text) {
    return Texts.demand(text, 0, LONGEST_DESCRIPTION, "/description");
  }
}
