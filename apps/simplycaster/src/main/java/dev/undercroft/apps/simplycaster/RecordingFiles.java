package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.RECORDING_FILES;
import static org.jooq.impl.DSL.currentInstant;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.db.enums.RecordingStatus;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;

/** The files of recordings, one per participant. Thread-safe. */
final class RecordingFiles {

  private final Data data;

  RecordingFiles(Data data) {
    this.data = data;
  }

  /** A file of a recording. Immutable. */
  record FileView(
      UUID id,
      UUID recordingId,
      String fileName,
      String filePath,
      String mimeType,
      Optional<UUID> participantId,
      String participantName,
      String participantType,
      long sizeBytes,
      Optional<Integer> durationSeconds,
      Instant uploadedAt,
      Optional<String> checksumSha256) {}

  /** What was uploaded. */
  record Uploaded(
      String fileName,
      String filePath,
      Optional<String> mimeType,
      Optional<UUID> participantId,
      String participantName,
      String participantType,
      long sizeBytes,
      Optional<Integer> durationSeconds,
      Optional<String> checksumSha256) {}

  /** The undeleted files of a recording that the caller may see, latest upload first. */
  List<FileView> files(Caller caller, UUID recording) {
    return data.readTenant(
        caller.context(),
        db -> {
          Recordings.one(db, recording);
          return views(db, RECORDING_FILES.RECORDING_ID.eq(recording));
        });
  }

  /**
   * Adds a file to a recording of the caller.
   *
   * @throws dev.undercroft.base.ProblemException if there is no such recording, it is completed, it
   *     has a file at this path, or the facts are no good
   */
  FileView add(Actor actor, UUID recording, Uploaded file) {
    actor.demandHost();
    check(file);
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              Turn.take(db, Recordings.TURN, recording);
              if (Recordings.one(db, recording).status() == RecordingStatus.completed) {
                throw Wordings.state(
                        "RECORDING_STATUS",
                        "the recording is completed, its length and size are final",
                        "Add files before that.")
                    .exception();
              }
              UUID id = insert(db, recording, file);
              AuditLogs.note(
                  db,
                  actor,
                  Deed.on("file.added", "recording_files", id).with("recording", recording));
              return views(db, RECORDING_FILES.ID.eq(id)).getFirst();
            }));
  }

  /** Deletes softly. */
  void delete(Actor actor, UUID file) {
    actor.demandHost();
    data.useTenant(
        actor.context(),
        db -> {
          int deleted =
              db.update(RECORDING_FILES)
                  .set(RECORDING_FILES.DELETED_AT, currentInstant())
                  .where(RECORDING_FILES.ID.eq(file).and(RECORDING_FILES.DELETED_AT.isNull()))
                  .execute();
          if (deleted == 0) {
            throw Wordings.unknown("file", file).exception();
          }
          AuditLogs.note(db, actor, Deed.on("file.deleted", "recording_files", file));
        });
  }

  private static void check(Uploaded file) {
    Texts texts = new Texts();
    texts.line("fileName", file.fileName(), 255);
    texts.path("filePath", file.filePath());
    texts.line("participantName", file.participantName(), 100);
    file.mimeType().ifPresent(type -> texts.media("mimeType", type));
    texts.number("sizeBytes", file.sizeBytes(), 1, Long.MAX_VALUE);
    file.durationSeconds()
        .ifPresent(length -> texts.number("durationSeconds", length, 0, Integer.MAX_VALUE));
    if (!List.of("guest", "host").contains(file.participantType())) {
      texts.add("participantType", "is '" + file.participantType() + "'", "It is guest or host.");
    }
    if (file.checksumSha256().filter(sum -> !sum.matches("[0-9a-f]{64}")).isPresent()) {
      texts.add("checksumSha256", "is no SHA-256", "Give 64 lower-case hexadecimal digits.");
    }
    texts.demand();
  }

  private static UUID insert(DSLContext db, UUID recording, Uploaded file) {
    return db.insertInto(RECORDING_FILES)
        .set(RECORDING_FILES.RECORDING_ID, recording)
        .set(RECORDING_FILES.FILE_NAME, file.fileName().strip())
        .set(RECORDING_FILES.FILE_PATH, file.filePath().strip())
        .set(RECORDING_FILES.MIME_TYPE, file.mimeType().orElse("audio/webm"))
        .set(RECORDING_FILES.PARTICIPANT_ID, file.participantId().orElse(null))
        .set(RECORDING_FILES.PARTICIPANT_NAME, file.participantName().strip())
        .set(RECORDING_FILES.PARTICIPANT_TYPE, file.participantType())
        .set(RECORDING_FILES.SIZE_BYTES, file.sizeBytes())
        .set(RECORDING_FILES.DURATION_SECONDS, file.durationSeconds().orElse(null))
        .set(RECORDING_FILES.CHECKSUM_SHA256, file.checksumSha256().orElse(null))
        .returningResult(RECORDING_FILES.ID)
        .fetchSingle()
        .value1();
  }

  private static List<FileView> views(DSLContext db, Condition wanted) {
    return db.select(
            RECORDING_FILES.ID,
            RECORDING_FILES.RECORDING_ID,
            RECORDING_FILES.FILE_NAME,
            RECORDING_FILES.FILE_PATH,
            RECORDING_FILES.MIME_TYPE,
            RECORDING_FILES.PARTICIPANT_ID.convertFrom(Optional::ofNullable),
            RECORDING_FILES.PARTICIPANT_NAME,
            RECORDING_FILES.PARTICIPANT_TYPE,
            RECORDING_FILES.SIZE_BYTES,
            RECORDING_FILES.DURATION_SECONDS.convertFrom(Optional::ofNullable),
            RECORDING_FILES.UPLOADED_AT,
            RECORDING_FILES.CHECKSUM_SHA256.convertFrom(Optional::ofNullable))
        .from(RECORDING_FILES)
        .where(RECORDING_FILES.DELETED_AT.isNull().and(wanted))
        .orderBy(RECORDING_FILES.UPLOADED_AT.desc(), RECORDING_FILES.ID.desc())
        .fetch(Records.mapping(FileView::new));
  }
}
