package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.AUDIO_HISTORY;
import static dev.undercroft.apps.audiotricks.db.Tables.SEARCH_HISTORY;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.undercroft.apps.audiotricks.db.tables.AudioHistory;
import dev.undercroft.base.Problem;
import dev.undercroft.base.ProblemException;
import dev.undercroft.base.ProblemKind;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import dev.undercroft.sdk.JsonColumn;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectField;
import org.jspecify.annotations.Nullable;

/** What was processed for a user: kept, listed, found again, forgotten. Thread-safe. */
final class History {

  static final int PAGE = 20;
  static final int DEEPEST = 10_000;

  private static final int LONGEST_TITLE = 500;
  private static final int LONGEST_SEARCH = 200;

  /** What a list shows: not the transcript, which may be megabytes. */
  private static final List<SelectField<?>> LISTED =
      List.of(
          AUDIO_HISTORY.ID,
          AUDIO_HISTORY.TITLE,
          AUDIO_HISTORY.AUDIO_URL,
          AUDIO_HISTORY.FILE_SIZE_BYTES,
          AUDIO_HISTORY.DURATION_SECONDS,
          AUDIO_HISTORY.SUMMARY,
          AUDIO_HISTORY.CREATED_AT);

  private final Data data;

  History(Data data) {
    this.data = data;
  }

  /**
   * Which page.
   *
   * @param offset how many to pass over, up to {@value #DEEPEST}
   * @param after continue after this entry, however deep
   */
  record Asked(int offset, Optional<UUID> after) {}

  /**
   * A page of the caller's entries, newest first.
   *
   * @throws ProblemException if the entry to continue after is not one of the caller's
   */
  List<EntryViews.Listed> page(Caller caller, Asked asked) {
    UUID user = Callers.id(caller);
    return data.readTenant(
        caller.context(),
        db -> {
          Condition wanted = AUDIO_HISTORY.USER_ID.eq(user);
          if (asked.after().isPresent()) {
            demand(db, user, asked.after().get());
            wanted = wanted.and(after(user, asked.after().get()));
          }
          return db.select(LISTED)
              .from(AUDIO_HISTORY)
              .where(wanted)
              .orderBy(AUDIO_HISTORY.CREATED_AT.desc(), AUDIO_HISTORY.ID.desc())
              .limit(PAGE)
              .offset(asked.offset())
              .fetch(EntryViews::listed);
        });
  }

  private static Condition after(UUID user, UUID entry) {
    AudioHistory place = AUDIO_HISTORY.as("place");
    Condition there = place.USER_ID.eq(user).and(place.ID.eq(entry));
    Field<LocalDateTime> time = field(select(place.CREATED_AT).from(place).where(there));
    Field<UUID> id = field(select(place.ID).from(place).where(there));
    return row(AUDIO_HISTORY.CREATED_AT, AUDIO_HISTORY.ID).lessThan(row(time, id));
  }

  /** What is to be kept. */
  record Draft(
      Optional<String> title,
      Optional<String> audioUrl,
      Optional<Long> fileSizeBytes,
      Optional<Integer> durationSeconds,
      Optional<String> transcript,
      Optional<String> summary,
      Optional<List<Map<String, Object>>> keyMoments,
      Optional<Map<String, Object>> processingOptions) {}

  /**
   * Keeps an entry.
   *
   * @throws ProblemException with everything that is wrong with it
   */
  EntryViews.Entry add(Caller caller, Draft draft) {
    check(draft);
    UUID user = Callers.id(caller);
    return data.withTenant(
        caller.context(),
        db -> {
          UUID id =
              db.insertInto(AUDIO_HISTORY)
                  .set(AUDIO_HISTORY.USER_ID, user)
                  .set(AUDIO_HISTORY.TITLE, draft.title().orElse(null))
                  .set(AUDIO_HISTORY.AUDIO_URL, draft.audioUrl().orElse(null))
                  .set(AUDIO_HISTORY.FILE_SIZE_BYTES, draft.fileSizeBytes().orElse(null))
                  .set(AUDIO_HISTORY.DURATION_SECONDS, draft.durationSeconds().orElse(null))
                  .set(AUDIO_HISTORY.TRANSCRIPT, draft.transcript().orElse(null))
                  .set(AUDIO_HISTORY.SUMMARY, draft.summary().orElse(null))
                  .set(
                      AUDIO_HISTORY.KEY_MOMENTS,
                      draft.keyMoments().map(JsonColumn::of).orElse(null))
                  .set(
                      AUDIO_HISTORY.PROCESSING_OPTIONS,
                      draft.processingOptions().map(JsonColumn::of).orElse(null))
                  .returningResult(AUDIO_HISTORY.ID)
                  .fetchSingle()
                  .value1();
          return demand(db, user, id);
        });
  }

  /**
   * One entry of the caller.
   *
   * @throws ProblemException not found, also for an entry of somebody else
   */
  EntryViews.Entry get(Caller caller, UUID entry) {
    UUID user = Callers.id(caller);
    return data.readTenant(caller.context(), db -> demand(db, user, entry));
  }

  /**
   * Forgets an entry of the caller for good.
   *
   * @throws ProblemException not found, also for an entry of somebody else
   */
  void delete(Caller caller, UUID entry) {
    UUID user = Callers.id(caller);
    data.useTenant(
        caller.context(),
        db -> {
          int gone =
              db.deleteFrom(AUDIO_HISTORY)
                  .where(AUDIO_HISTORY.USER_ID.eq(user))
                  .and(AUDIO_HISTORY.ID.eq(entry))
                  .execute();
          if (gone == 0) {
            throw unknown(entry);
          }
        });
  }

  /**
   * What to search for.
   *
   * @param words as in web searches: quotes, or, -
   * @param language what the words are in
   */
  record Wanted(String words, String language, int limit, int offset) {}

  /**
   * The caller's entries with these words, best first.
   *
   * @throws ProblemException if there are no words, or too many
   */
  List<EntryViews.Hit> search(Caller caller, Wanted wanted) {
    String words = wanted.words().strip();
    if (words.isEmpty() || words.length() > LONGEST_SEARCH || words.indexOf('\0') >= 0) {
      throw Problem.of("AUDIOTRICKS_SEARCH", ProblemKind.INPUT, "this cannot be searched for")
          .withRemedy("Search for 1 to " + LONGEST_SEARCH + " characters.")
          .with("parameter", "q")
          .exception();
    }
    return data.readTenant(
        caller.context(),
        db ->
            db.selectFrom(
                    SEARCH_HISTORY.call(words, wanted.language(), wanted.limit(), wanted.offset()))
                .fetch(EntryViews::hit));
  }

  private static EntryViews.Entry demand(DSLContext db, UUID user, UUID entry) {
    @Nullable Record found =
        db.select(LISTED)
            .select(
                AUDIO_HISTORY.TRANSCRIPT,
                AUDIO_HISTORY.KEY_MOMENTS,
                AUDIO_HISTORY.PROCESSING_OPTIONS)
            .from(AUDIO_HISTORY)
            .where(AUDIO_HISTORY.USER_ID.eq(user).and(AUDIO_HISTORY.ID.eq(entry)))
            .fetchOne();
    if (found == null) {
      throw unknown(entry);
    }
    return EntryViews.entry(found);
  }

  private static ProblemException unknown(UUID entry) {
    return Problem.of("AUDIOTRICKS_NO_ENTRY", ProblemKind.NOT_FOUND, "there is no entry " + entry)
        .withRemedy("Reload the history.")
        .exception();
  }

  private static void check(Draft draft) {
    List<Problem> problems = new ArrayList<>();
    draft
        .title()
        .filter(title -> title.codePointCount(0, title.length()) > LONGEST_TITLE)
        .ifPresent(title -> problems.add(input("a title has at most 500 characters", "/title")));
    draft
        .fileSizeBytes()
        .filter(size -> size < 0)
        .ifPresent(size -> problems.add(input("a size is not negative", "/fileSizeBytes")));
    draft
        .durationSeconds()
        .filter(seconds -> seconds < 0)
        .ifPresent(one -> problems.add(input("a duration is not negative", "/durationSeconds")));
    if (draft.title().isEmpty() && draft.transcript().isEmpty() && draft.audioUrl().isEmpty()) {
      problems.add(input("an entry has a title, an address or a transcript", "/title"));
    }
    Map.of(
            "/title", draft.title(),
            "/audioUrl", draft.audioUrl(),
            "/transcript", draft.transcript(),
            "/summary", draft.summary())
        .forEach((pointer, text) ->
            text.filter(one -> one.indexOf('\0') >= 0)
                .ifPresent(one -> problems.add(input("a text has no NUL", pointer))));
    if (!problems.isEmpty()) {
      throw new ProblemException(problems);
    }
    JsonShapes.demandEntry(
        draft.keyMoments().orElse(List.of()), draft.processingOptions().orElse(Map.of()));
  }

  private static Problem input(String message, String pointer) {
    return Problem.of("AUDIOTRICKS_ENTRY", ProblemKind.INPUT, message)
        .withRemedy("Correct it and send it again.")
        .with("pointer", pointer);
  }
}
