package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.RECORDINGS;
import static dev.undercroft.apps.simplycaster.db.Tables.RECORDING_FILES;
import static dev.undercroft.apps.simplycaster.db.Tables.ROOMS;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.greatest;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.Rooms.RoomView;
import dev.undercroft.apps.simplycaster.db.enums.RecordingStatus;
import dev.undercroft.apps.simplycaster.db.enums.RoomStatus;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Records;
import org.jooq.impl.SQLDataType;
import org.jooq.types.DayToSecond;

/** Recordings: started and stopped in a room, uploaded, processed, completed. Thread-safe. */
final class Recordings {

  static final int MOST_LISTED = 500;

  /** Steps of a recording and its files take turns by this name and its id. */
  static final String TURN = "simplycaster.recording";

  private static final DateTimeFormatter IN_FOLDERS =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What was stopped within the same instant was stopped just after it. */
  private static final DayToSecond JUST_AFTER = DayToSecond.valueOf(Duration.ofNanos(1000));

  private final Data data;
  private final InstantSource clock;

  Recordings(Data data, InstantSource clock) {
    this.data = data;
    this.clock = clock;
  }

  /** A recording. Immutable. */
  record RecordingView(
      UUID id,
      UUID roomId,
      String folderName,
      Optional<Integer> durationSeconds,
      Optional<Long> totalSizeBytes,
      int participantCount,
      RecordingStatus status,
      Instant startedAt,
      Optional<Instant> stoppedAt,
      Optional<Instant> completedAt,
      UUID createdBy,
      Instant createdAt,
      Instant updatedAt) {}

  /** The undeleted recording, if the caller may see it. */
  Optional<RecordingView> getRecordingById(Caller caller, UUID id) {
    return data.readTenant(
        caller.context(), db -> views(db, RECORDINGS.ID.eq(id), 1).stream().findFirst());
  }

  /** Undeleted recordings that a user made and the caller may see, latest start first. */
  List<RecordingView> getRecordingsByUserId(Caller caller, UUID user) {
    return data.readTenant(
        caller.context(), db -> views(db, RECORDINGS.CREATED_BY.eq(user), MOST_LISTED));
  }

  /**
   * All undeleted recordings, latest start first.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator
   */
  List<RecordingView> getAllRecordings(Actor actor) {
    actor.demandAdmin();
    return data.readTenant(actor.context(), db -> views(db, noCondition(), MOST_LISTED));
  }

  /**
   * Starts a recording in a room of the caller; a waiting room is opened first.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is not the room's host, or a
   *     recording runs already
   */
  RecordingView startRecording(Actor actor, UUID room) {
    actor.demandHost();
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              Turn.take(db, Rooms.TURN, room);
              RoomView place = Rooms.demandOpen(db, room);
              if (!place.hostId().equals(actor.id())) {
                throw Wordings.state(
                        "OTHER_HOST", "only the host of a room records", "Ask the host.")
                    .exception();
              }
              if (place.status() == RoomStatus.waiting) {
                setStatus(db, room, RoomStatus.active);
              }
              db.update(ROOMS)
                  .set(ROOMS.STATUS, RoomStatus.recording)
                  .set(ROOMS.RECORDING_STARTED_AT, currentInstant())
                  .setNull(ROOMS.RECORDING_STOPPED_AT)
                  .where(ROOMS.ID.eq(room).and(ROOMS.STATUS.ne(RoomStatus.recording)))
                  .execute();
              demandNoneRunning(db, room);
              UUID recording = insert(db, actor, place);
              AuditLogs.note(
                  db,
                  actor,
                  Deed.on("recording.started", "recordings", recording).with("room", room));
              return one(db, recording);
            }));
  }

  private static void setStatus(DSLContext db, UUID room, RoomStatus status) {
    db.update(ROOMS).set(ROOMS.STATUS, status).where(ROOMS.ID.eq(room)).execute();
  }

  private static void demandNoneRunning(DSLContext db, UUID room) {
    if (db.fetchExists(RECORDINGS, runningIn(room))) {
      throw Wordings.state(
              "RECORDING_RUNS", "a recording runs in this room", "Stop it before the next one.")
          .exception();
    }
  }

  private static Condition runningIn(UUID room) {
    return RECORDINGS
        .ROOM_ID
        .eq(room)
        .and(RECORDINGS.STATUS.eq(RecordingStatus.recording))
        .and(RECORDINGS.DELETED_AT.isNull());
  }

  private UUID insert(DSLContext db, Actor actor, RoomView room) {
    String folder =
        Slug.of(room.name().orElse("room"), "room")
            + "-"
            + IN_FOLDERS.format(clock.instant())
            + "-"
            + UUID.randomUUID().toString().substring(0, 8);
    return db.insertInto(RECORDINGS)
        .set(RECORDINGS.ROOM_ID, room.id())
        .set(RECORDINGS.FOLDER_NAME, folder)
        .set(RECORDINGS.PARTICIPANT_COUNT, room.activeGuests() + 1)
        .set(RECORDINGS.STARTED_AT, currentInstant())
        .set(RECORDINGS.CREATED_BY, actor.id())
        .returningResult(RECORDINGS.ID)
        .fetchSingle()
        .value1();
  }

  /**
   * Stops a recording: its files are uploaded from now on, the room is open again.
   *
   * @throws dev.undercroft.base.ProblemException if it is not the caller's, or does not run
   */
  RecordingView stopRecording(Actor actor, UUID recording) {
    return change(
        actor,
        recording,
        "recording.stopped",
        db -> {
          UUID room = one(db, recording).roomId();
          Turn.take(db, Rooms.TURN, room);
          stop(db, recording);
          reopen(db, room);
        });
  }

  /** Stops what runs in a room that is about to close. */
  static void stopIn(DSLContext db, Actor actor, UUID room) {
    for (UUID recording :
        db.select(RECORDINGS.ID).from(RECORDINGS).where(runningIn(room)).fetch(RECORDINGS.ID)) {
      stop(db, recording);
      AuditLogs.note(db, actor, Deed.on("recording.stopped", "recordings", recording));
    }
    reopen(db, room);
  }

  /** A room in which nothing runs any more is open as it was before. */
  private static void reopen(DSLContext db, UUID room) {
    db.update(ROOMS)
        .set(ROOMS.STATUS, RoomStatus.active)
        .set(ROOMS.RECORDING_STOPPED_AT, justAfter(ROOMS.RECORDING_STARTED_AT))
        .where(ROOMS.ID.eq(room).and(ROOMS.STATUS.eq(RoomStatus.recording)))
        .execute();
  }

  private static void stop(DSLContext db, UUID recording) {
    db.update(RECORDINGS)
        .set(RECORDINGS.STATUS, RecordingStatus.uploading)
        .set(RECORDINGS.STOPPED_AT, justAfter(RECORDINGS.STARTED_AT))
        .where(RECORDINGS.ID.eq(recording).and(RECORDINGS.STATUS.eq(RecordingStatus.recording)))
        .execute();
  }

  private static Field<Instant> justAfter(Field<Instant> start) {
    return greatest(currentInstant(), start.plus(JUST_AFTER));
  }

  /** All files are there; they are processed now. */
  RecordingView process(Actor actor, UUID recording) {
    return change(
        actor,
        recording,
        "recording.processing",
        db -> moveTo(db, recording, RecordingStatus.processing));
  }

  /** It is done: length of the longest file, size of all of them. */
  RecordingView complete(Actor actor, UUID recording) {
    return change(
        actor,
        recording,
        "recording.completed",
        db -> {
          Condition files =
              RECORDING_FILES.RECORDING_ID.eq(recording).and(RECORDING_FILES.DELETED_AT.isNull());
          db.update(RECORDINGS)
              .set(RECORDINGS.STATUS, RecordingStatus.completed)
              .set(RECORDINGS.COMPLETED_AT, greatest(currentInstant(), RECORDINGS.STOPPED_AT))
              .set(
                  RECORDINGS.DURATION_SECONDS,
                  field(
                      select(max(RECORDING_FILES.DURATION_SECONDS))
                          .from(RECORDING_FILES)
                          .where(files)))
              .set(
                  RECORDINGS.TOTAL_SIZE_BYTES,
                  field(
                      select(coalesce(sum(RECORDING_FILES.SIZE_BYTES).cast(SQLDataType.BIGINT), 0L))
                          .from(RECORDING_FILES)
                          .where(files)))
              .where(RECORDINGS.ID.eq(recording))
              .execute();
        });
  }

  /** It did not work. */
  RecordingView fail(Actor actor, UUID recording) {
    return change(
        actor,
        recording,
        "recording.failed",
        db -> {
          RecordingView before = one(db, recording);
          moveTo(db, recording, RecordingStatus.failed);
          if (before.status() == RecordingStatus.recording) {
            reopen(db, before.roomId());
          }
        });
  }

  /** The upload of a failed one begins anew. */
  RecordingView retry(Actor actor, UUID recording) {
    return change(
        actor,
        recording,
        "recording.retried",
        db ->
            db.update(RECORDINGS)
                .set(RECORDINGS.STATUS, RecordingStatus.uploading)
                .set(
                    RECORDINGS.STOPPED_AT,
                    coalesce(RECORDINGS.STOPPED_AT, justAfter(RECORDINGS.STARTED_AT)))
                .where(RECORDINGS.ID.eq(recording))
                .execute());
  }

  /** Deletes softly: nobody is shown it any more, the row and the files stay. */
  void delete(Actor actor, UUID recording) {
    actor.demandHost();
    data.useTenant(
        actor.context(),
        db -> {
          if (one(db, recording).status() == RecordingStatus.recording) {
            throw Wordings.state("RECORDING_RUNS", "the recording runs", "Stop it first.")
                .exception();
          }
          db.update(RECORDINGS)
              .set(RECORDINGS.DELETED_AT, currentInstant())
              .where(RECORDINGS.ID.eq(recording))
              .execute();
          AuditLogs.note(db, actor, Deed.on("recording.deleted", "recordings", recording));
        });
  }

  private static void moveTo(DSLContext db, UUID recording, RecordingStatus status) {
    db.update(RECORDINGS)
        .set(RECORDINGS.STATUS, status)
        .where(RECORDINGS.ID.eq(recording))
        .execute();
  }

  /** A step of a recording. */
  private interface Step {
    void take(DSLContext db);
  }

  /** The database refuses what is no step from here; what changes nothing is refused as well. */
  private RecordingView change(Actor actor, UUID recording, String action, Step step) {
    actor.demandHost();
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              Turn.take(db, TURN, recording);
              RecordingStatus before = one(db, recording).status();
              step.take(db);
              RecordingView after = one(db, recording);
              if (after.status() == before) {
                throw Wordings.state(
                        "RECORDING_STATUS",
                        "the recording is " + before + ", which does not allow this",
                        "Reload the recording.")
                    .exception();
              }
              AuditLogs.note(db, actor, Deed.on(action, "recordings", recording));
              return after;
            }));
  }

  /**
   * Demands a recording that the caller may see.
   *
   * @throws dev.undercroft.base.ProblemException of kind not found
   */
  static RecordingView one(DSLContext db, UUID recording) {
    return views(db, RECORDINGS.ID.eq(recording), 1).stream()
        .findFirst()
        .orElseThrow(() -> Wordings.unknown("recording", recording).exception());
  }

  private static List<RecordingView> views(DSLContext db, Condition wanted, int limit) {
    return db.select(
            RECORDINGS.ID,
            RECORDINGS.ROOM_ID,
            RECORDINGS.FOLDER_NAME,
            RECORDINGS.DURATION_SECONDS.convertFrom(Optional::ofNullable),
            RECORDINGS.TOTAL_SIZE_BYTES.convertFrom(Optional::ofNullable),
            RECORDINGS.PARTICIPANT_COUNT,
            RECORDINGS.STATUS,
            RECORDINGS.STARTED_AT,
            RECORDINGS.STOPPED_AT.convertFrom(Optional::ofNullable),
            RECORDINGS.COMPLETED_AT.convertFrom(Optional::ofNullable),
            RECORDINGS.CREATED_BY,
            RECORDINGS.CREATED_AT,
            RECORDINGS.UPDATED_AT)
        .from(RECORDINGS)
        .where(RECORDINGS.DELETED_AT.isNull().and(wanted))
        .orderBy(RECORDINGS.STARTED_AT.desc(), RECORDINGS.ID.desc())
        .limit(limit)
        .fetch(Records.mapping(RecordingView::new));
  }
}
