package dev.undercroft.apps.simplycaster;

import dev.undercroft.apps.simplycaster.RecordingFiles.FileView;
import dev.undercroft.apps.simplycaster.Recordings.RecordingView;
import dev.undercroft.sdk.Audience;
import dev.undercroft.sdk.Parameter;
import dev.undercroft.sdk.Request;
import dev.undercroft.sdk.Response;
import dev.undercroft.sdk.Route;
import dev.undercroft.sdk.Routes;
import java.util.List;
import java.util.UUID;

/** Recordings and their files over HTTP. */
final class RecordingRoutes {

  private static final Parameter RECORDING = Parameter.path("id", UUID.class, "the recording");

  private final Recordings recordings;
  private final RecordingFiles files;

  RecordingRoutes(Recordings recordings, RecordingFiles files) {
    this.recordings = recordings;
    this.files = files;
  }

  /** Recordings, latest start first. */
  record RecordingList(List<RecordingView> recordings) {}

  /** Files, latest upload first. */
  record FileList(List<FileView> files) {}

  /** A step of a recording. */
  private interface Step {
    RecordingView take(Actor actor, UUID recording);
  }

  void declare(Routes routes) {
    routes.add(
        Route.post("/rooms/{id}/recordings", "Starts a recording")
            .with(Parameter.path("id", UUID.class, "the room"))
            .answers(201, RecordingView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::start));
    routes.add(
        Route.get("/recordings", "Your recordings, latest start first")
            .answers(RecordingList.class)
            .openTo(Audience.TENANT)
            .handledBy(this::mine));
    routes.add(
        Route.get("/recordings/all", "All recordings, for administrators")
            .answers(RecordingList.class)
            .openTo(Audience.TENANT)
            .handledBy(request ->
                Response.ok(new RecordingList(recordings.getAllRecordings(Actor.of(request))))));
    routes.add(
        Route.get("/recordings/{id}", "A recording")
            .with(RECORDING)
            .answers(RecordingView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::one));
    routes.add(
        Route.delete("/recordings/{id}", "Deletes a recording; row and files are kept")
            .with(RECORDING)
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::delete));
    routes.add(step("stop", "Stops a recording", recordings::stopRecording));
    routes.add(step("process", "Its files are processed now", recordings::process));
    routes.add(step("complete", "It is done", recordings::complete));
    routes.add(step("fail", "It did not work", recordings::fail));
    routes.add(step("retry", "Its upload begins anew", recordings::retry));
    declareFiles(routes);
  }

  private static Route step(String word, String summary, Step step) {
    return Route.post("/recordings/{id}/" + word, summary)
        .with(RECORDING)
        .answers(RecordingView.class)
        .openTo(Audience.TENANT)
        .handledBy(request -> Response.ok(step.take(Actor.of(request), id(request))));
  }

  private void declareFiles(Routes routes) {
    routes.add(
        Route.get("/recordings/{id}/files", "The files of a recording")
            .with(RECORDING)
            .answers(FileList.class)
            .openTo(Audience.TENANT)
            .handledBy(
                request -> Response.ok(new FileList(files.files(request.caller(), id(request))))));
    routes.add(
        Route.post("/recordings/{id}/files", "Adds a file that was uploaded")
            .with(RECORDING)
            .takes(RecordingFiles.Uploaded.class)
            .answers(201, FileView.class)
            .openTo(Audience.TENANT)
            .handledBy(this::addFile));
    routes.add(
        Route.delete("/recording-files/{id}", "Deletes a file; the row is kept")
            .with(Parameter.path("id", UUID.class, "the file"))
            .answers(Said.class)
            .openTo(Audience.TENANT)
            .handledBy(this::deleteFile));
  }

  private static UUID id(Request request) {
    return request.path("id", UUID.class);
  }

  private Response start(Request request) {
    RecordingView recording = recordings.startRecording(Actor.of(request), id(request));
    return Response.created("/recordings/" + recording.id(), recording);
  }

  private Response mine(Request request) {
    UUID user = Actor.of(request).id();
    return Response.ok(new RecordingList(recordings.getRecordingsByUserId(request.caller(), user)));
  }

  private Response one(Request request) {
    UUID id = id(request);
    return Response.ok(
        recordings
            .getRecordingById(request.caller(), id)
            .orElseThrow(() -> Wordings.unknown("recording", id).exception()));
  }

  private Response delete(Request request) {
    recordings.delete(Actor.of(request), id(request));
    return Response.ok(new Said("Recording deleted"));
  }

  private Response addFile(Request request) {
    FileView file =
        files.add(Actor.of(request), id(request), request.body(RecordingFiles.Uploaded.class));
    return Response.created("/recording-files/" + file.id(), file);
  }

  private Response deleteFile(Request request) {
    files.delete(Actor.of(request), id(request));
    return Response.ok(new Said("File deleted"));
  }
}
