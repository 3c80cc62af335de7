package dev.undercroft.apps.simplycaster;

import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.time.LocalDate;

/** The archive of the audit log over HTTP, for administrators. */
final class ArchiveRoutes {

  private final AuditArchive archive;

  ArchiveRoutes(AuditArchive archive) {
    this.archive = archive;
  }

  void declare(Routes routes) {
    routes.add(
        Route.get("/audit-log/archive", "Old entries as lines of JSON, to be kept elsewhere")
            .describedAs(
                "The header SimplyCaster-SHA256 is what sha256sum says of the body; the removal"
                    + " asks for it.")
            .with(
                Parameter.query("until", LocalDate.class, "the entries before this day, in UTC")
                    .mandatory())
            .answers(String.class)
            .openTo(Audience.TENANT)
            .handledBy(this::download));
    routes.add(
        Route.post("/audit-log/rotation", "Removes the entries that an archive holds")
            .takes(AuditArchive.Rotation.class)
            .answers(AuditArchive.Rotated.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(
                    archive.remove(Actor.of(request), request.body(AuditArchive.Rotation.class)))));
  }

  private Response download(Request request) {
    LocalDate until = request.query("until", LocalDate.class).orElseThrow();
    AuditArchive.Archive archived = archive.archive(Actor.of(request), until);
    return Response.text("application/x-ndjson", archived.lines())
        .with("SimplyCaster-SHA256", archived.sha256())
        .with("Content-Disposition", "attachment; filename=\"audit-log-" + until + ".ndjson\"");
  }
}
