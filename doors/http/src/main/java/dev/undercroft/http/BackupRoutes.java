package dev.undercroft.http;

import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.platform.BackupAnswer;
import dev.undercroft.platform.BackupCommand;
import dev.undercroft.platform.BackupCommand.Destination;
import dev.undercroft.platform.BackupCommand.Method;
import dev.undercroft.platform.BackupCommand.Moment;
import dev.undercroft.platform.BackupCommand.ReadBack;
import dev.undercroft.platform.BackupCommand.Recovery;
import dev.undercroft.platform.Caller;
import dev.undercroft.platform.Command;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint for backups with an action in it, in the shapes that CodePal's document prints. For
 * operators alone. Thread-safe.
 */
final class BackupRoutes {

  private final House house;

  BackupRoutes(House house) {
    this.house = house;
  }

  /**
   * What is asked for.
   *
   * @param action {@code create} or {@code restore}
   * @param backupId which backup is restored
   */
  record Wanted(@Nullable String action, @Nullable String backupId) {}

  /** A backup. */
  record Shown(
      String id,
      Instant timestamp,
      long size,
      String checksum,
      String version,
      List<String> tables,
      String status,
      String storage,
      Optional<String> error) {}

  /** The answer to {@code create}. */
  record Created(Shown backup) {}

  /** The answer to {@code list}. */
  record Listed(List<Shown> backups) {}

  /** The answer to {@code health}. */
  record Health(String status, Optional<Shown> lastBackup, int totalBackups) {}

  /** The answer to {@code restore}. */
  record Restored(boolean success, String message) {}

  /** What went wrong. */
  record Failed(String error) {}

  List<Route> routes() {
    return List.of(
        Route.get("/api/database/backup", "List backups, or say how they are")
            .with(Parameter.query("action", String.class, "list or health").byDefault("list"))
            .answers(Object.class)
            .answers(400, Failed.class)
            .answers(404, Failed.class)
            .answers(500, Failed.class)
            .handledBy(this::look),
        Route.post("/api/database/backup", "Take a backup, or restore one")
            .takes(Wanted.class)
            .answers(Object.class)
            .answers(400, Failed.class)
            .answers(404, Failed.class)
            .answers(500, Failed.class)
            .handledBy(this::act));
  }

  private Response look(Request request) {
    String action = request.query("action", String.class).orElse("list");
    return switch (action) {
      case "list" -> safely(() -> listed(request));
      case "health" -> safely(() -> health(request));
      default -> unknown(action, "list or health");
    };
  }

  private Response act(Request request) {
    Wanted wanted = request.body(Wanted.class);
    String action = wanted.action() == null ? "" : wanted.action();
    return switch (action) {
      case "create" -> safely(() -> created(request));
      case "restore" -> safely(() -> restored(request, wanted.backupId()));
      default -> unknown(action, "create or restore");
    };
  }

  private static Response unknown(String action, String possible) {
    return Response.of(400, new Failed("there is no action '" + action + "'; write " + possible));
  }

  private static Response safely(Supplier<Response> work) {
    try {
      return work.get();
    } catch (ProblemException e) {
      Problem first = e.first();
      int status =
          switch (first.kind()) {
            case NOT_FOUND -> 404;
            case INPUT, USAGE -> 400;
            case UNAUTHENTICATED, FORBIDDEN -> throw e;
            default -> 500;
          };
      return Response.of(status, new Failed(first.message() + ". " + first.remedy()));
    }
  }

  private Response created(Request request) {
    BackupAnswer.Made made =
        run(request, new BackupCommand.Create(house.scope(), Method.AUTOMATIC, ReadBack.YES));
    return Response.ok(new Created(shown(request, made.backup(), made.repository())));
  }

  private Response listed(Request request) {
    BackupAnswer.Listing listing = run(request, new BackupCommand.Listing(house.scope()));
    return Response.ok(
        new Listed(
            listing.backups().stream()
                .map(line -> shown(request, line, listing.repository()))
                .toList()));
  }

  private Response health(Request request) {
    BackupAnswer.Health health = run(request, new BackupCommand.Health(house.scope()));
    String status = health.status().name().toLowerCase(Locale.ROOT);
    return Response.ok(
        new Health(status, health.last().map(line -> shown(request, line, "")), health.total()));
  }

  private Response restored(Request request, @Nullable String id) {
    if (id == null || id.isBlank()) {
      return Response.of(400, new Failed("restore needs a backupId"));
    }
    BackupAnswer.Details backup = run(request, new BackupCommand.Show(house.scope(), id));
    String whole = backup.backup().id();
    Path into =
        house
            .token()
            .file()
            .resolveSibling("../restored")
            .normalize()
            .resolve(whole + "-" + System.currentTimeMillis());
    BackupAnswer.Restored restored =
        run(
            request,
            new BackupCommand.Restore(
                house.scope(),
                Moment.of(whole),
                new Destination(Optional.of(into), Map.of(), Recovery.RUN)));
    return Response.ok(
        new Restored(
            true,
            whole
                + " is restored and checked in "
                + restored.into()
                + "; the present data is as it was. To serve it: undercroft down, then "
                + restored.next()));
  }

  private Shown shown(Request request, BackupAnswer.Line line, String repository) {
    BackupAnswer.Details details = run(request, new BackupCommand.Show(house.scope(), line.id()));
    return new Shown(
        line.id(),
        line.stoppedAt(),
        line.storedBytes(),
        details.checksum(),
        line.serverVersion(),
        details.tables(),
        line.state() == BackupAnswer.State.CREATED ? "failed" : "completed",
        storage(repository),
        line.state() == BackupAnswer.State.CREATED
            ? Optional.of("the log it needs is not stored")
            : Optional.empty());
  }

  private static String storage(String repository) {
    return repository.startsWith("s3://") ? "s3" : "local";
  }

  private <R> R run(Request request, Command<R> command) {
    return house.platform().run(caller(request), command);
  }

  private Caller caller(Request request) {
    return request.caller().operator()
        ? new Caller.TokenOperator(house.token().secret().fingerprint(), request.remoteAddress())
        : new Caller.Anonymous(request.remoteAddress());
  }
}
