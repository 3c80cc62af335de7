package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.AssetType;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Assets and presets over HTTP. */
final class LibraryRoutes {

  private static final String ASSETS = "/api/v1/assets";
  private static final String PRESETS = "/api/v1/presets";
  private static final int LONGEST_NAME = 200;

  private final Projects projects;
  private final InstantSource clock;

  LibraryRoutes(Projects projects, InstantSource clock) {
    this.projects = projects;
    this.clock = clock;
  }

  /** An asset to be; it expires in thirty days unless it says that it is permanent. */
  record NewAsset(
      AssetType type,
      String uri,
      Optional<Map<String, Object>> metadata,
      Optional<Long> sizeBytes,
      Optional<Boolean> permanent) {}

  /** A preset to be. */
  record NewPreset(String name, Map<String, Object> config, Optional<Boolean> isDefault) {}

  void declare(Routes routes) {
    declareAssets(routes);
    declarePresets(routes);
  }

  private void declareAssets(Routes routes) {
    routes.add(
        Route.get(ASSETS, "The caller's assets, newest first")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .with(Parameter.query("type", AssetType.class, "only those of this type"))
            .answers(Envelopes.Paged.class, Views.Asset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::assets));
    routes.add(
        Route.post(ASSETS, "Keeps an asset")
            .takes(NewAsset.class)
            .answers(201, Envelopes.One.class, Views.Asset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::addAsset));
    routes.add(
        Route.get(ASSETS + "/{id}", "An asset")
            .with(Asking.ID)
            .answers(Envelopes.One.class, Views.Asset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::asset));
    routes.add(
        Route.delete(ASSETS + "/{id}", "Deletes an asset")
            .with(Asking.ID)
            .answers(Envelopes.Done.class)
            .openTo(Audience.TENANT)
            .handledBy(this::deleteAsset));
  }

  private void declarePresets(Routes routes) {
    routes.add(
        Route.get(PRESETS, "The caller's presets, the default first")
            .with(Asking.PAGE)
            .with(Asking.LIMIT)
            .answers(Envelopes.Paged.class, Views.Preset.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    new Envelopes.Paged<>(
                        projects.of(request.caller()).presets().list(Asking.page(request))))));
    routes.add(
        Route.post(PRESETS, "Keeps a preset; a new default takes the place of the old one")
            .takes(NewPreset.class)
            .answers(201, Envelopes.One.class, Views.Preset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::addPreset));
    routes.add(
        Route.patch(PRESETS + "/{id}", "Changes what is given")
            .with(Asking.ID)
            .takes(ScopedPresets.Change.class)
            .answers(Envelopes.One.class, Views.Preset.class)
            .openTo(Audience.TENANT)
            .handledBy(this::changePreset));
    routes.add(
        Route.delete(PRESETS + "/{id}", "Deletes a preset")
            .with(Asking.ID)
            .answers(Envelopes.Done.class)
            .openTo(Audience.TENANT)
            .handledBy(this::deletePreset));
  }

  private Response assets(Request request) {
    return Response.ok(
        new Envelopes.Paged<>(
            projects
                .of(request.caller())
                .assets()
                .list(Asking.page(request), request.query("type", AssetType.class))));
  }

  private Response addAsset(Request request) {
    NewAsset wanted = request.body(NewAsset.class);
    boolean permanent = wanted.permanent().orElse(false);
    ScopedAssets.Draft draft =
        new ScopedAssets.Draft(
            wanted.type(),
            wanted.uri(),
            wanted.metadata(),
            wanted.sizeBytes(),
            permanent ? Optional.empty() : Optional.of(clock.instant().plus(ScopedAssets.KEPT)));
    Views.Asset asset = projects.addAsset(request.caller(), draft);
    return Response.created(ASSETS + "/" + asset.id(), new Envelopes.One<>(asset));
  }

  private Response asset(Request request) {
    String id = Asking.id(request);
    return Response.ok(
        new Envelopes.One<>(
            projects
                .of(request.caller())
                .assets()
                .find(id)
                .orElseThrow(() -> Unknown.row("asset", id))));
  }

  private Response deleteAsset(Request request) {
    String id = Asking.id(request);
    if (!projects.of(request.caller()).assets().delete(id)) {
      throw Unknown.row("asset", id);
    }
    return Response.ok(new Envelopes.Done("Asset deleted"));
  }

  private Response addPreset(Request request) {
    NewPreset wanted = request.body(NewPreset.class);
    String name = Texts.demand(wanted.name(), 1, LONGEST_NAME, "/name");
    ProjectConfig.demand(wanted.config());
    Views.Preset preset =
        projects
            .of(request.caller())
            .presets()
            .create(
                new ScopedPresets.Draft(name, wanted.config(), wanted.isDefault().orElse(false)));
    return Response.created(PRESETS + "/" + preset.id(), new Envelopes.One<>(preset));
  }

  private Response changePreset(Request request) {
    String id = Asking.id(request);
    ScopedPresets.Change change = request.body(ScopedPresets.Change.class);
    change.name().ifPresent(name -> Texts.demand(name, 1, LONGEST_NAME, "/name"));
    change.config().ifPresent(ProjectConfig::demand);
    return Response.ok(
        new Envelopes.One<>(
            projects
                .of(request.caller())
                .presets()
                .update(id, change)
                .orElseThrow(() -> Unknown.row("preset", id))));
  }

  private Response deletePreset(Request request) {
    String id = Asking.id(request);
    if (!projects.of(request.caller()).presets().delete(id)) {
      throw Unknown.row("preset", id);
    }
    return Response.ok(new Envelopes.Done("Preset deleted"));
  }
}
