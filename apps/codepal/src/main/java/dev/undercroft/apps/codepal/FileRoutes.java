package dev.undercroft.apps.codepal;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;

/** Files over HTTP. A file's path stands in the query, because slashes are parts of it. */
final class FileRoutes {

  private static final Parameter PATH =
      Parameter.query("path", String.class, "place inside the project")
          .between(1, FilePath.MOST_BYTES)
          .mandatory();

  private final Files files;

  FileRoutes(Files files) {
    this.files = files;
  }

  /** A page of files. */
  record FileList(List<Files.Listed> files) {}

  void declare(Routes routes) {
    routes.add(
        Route.get("/code/projects/{project}/files", "Files without content, by path")
            .with(ProjectRoutes.PROJECT)
            .with(Pages.LIMIT)
            .with(path("prefix", "how the paths begin"))
            .with(path("after", "continue after this path"))
            .answers(FileList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::list));
    routes.add(
        Route.get("/code/projects/{project}/file", "A file with its content")
            .with(ProjectRoutes.PROJECT)
            .with(PATH)
            .answers(Files.Whole.class)
            .openTo(Audience.TENANT)
            .handledBy(this::get));
    routes.add(
        Route.put("/code/projects/{project}/file", "Writes a file, new or in place of the old one")
            .with(ProjectRoutes.PROJECT)
            .with(PATH)
            .takes(Files.Draft.class)
            .answers(200, Files.Listed.class)
            .answers(201, Files.Listed.class)
            .openTo(Audience.TENANT)
            .handledBy(this::put));
    routes.add(
        Route.delete("/code/projects/{project}/file", "Deletes a file")
            .with(ProjectRoutes.PROJECT)
            .with(PATH)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
  }

  private static Parameter path(String name, String meaning) {
    return Parameter.query(name, String.class, meaning).between(1, FilePath.MOST_BYTES);
  }

  private Response list(Request request) {
    var asked =
        new Files.Asked(
            Pages.limit(request), Pages.text(request, "prefix"), Pages.text(request, "after"));
    return Response.ok(
        new FileList(files.listFiles(request.caller(), ProjectRoutes.project(request), asked)));
  }

  private Response get(Request request) {
    return Response.ok(
        files.getFile(request.caller(), ProjectRoutes.project(request), path(request)));
  }

  private Response put(Request request) {
    Files.Written written =
        files.putFile(
            request.caller(),
            ProjectRoutes.project(request),
            path(request),
            request.body(Files.Draft.class).content());
    return Response.of(written.made() ? 201 : 200, written.file());
  }

  private Response delete(Request request) {
    files.deleteFile(request.caller(), ProjectRoutes.project(request), path(request));
    return Response.ok(new Said("File deleted"));
  }

  private static FilePath path(Request request) {
    return FilePath.of(request.query("path", String.class).orElse(""));
  }
}
