package dev.undercroft.apps.simplycaster;

import static dev.undercroft.apps.simplycaster.db.Tables.FEED_EPISODES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.noCondition;

import dev.undercroft.apps.simplycaster.AuditLogs.Deed;
import dev.undercroft.apps.simplycaster.db.tables.records.FeedEpisodesRecord;
import dev.undercroft.sdk.Caller;
import dev.undercroft.sdk.Data;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Records;
import org.jooq.SortField;
import org.jooq.UpdateSetFirstStep;
import org.jooq.UpdateSetMoreStep;

/** Episodes: drafted, published and withdrawn by administrators, read by everyone. Thread-safe. */
final class Episodes {

  static final int MOST_LISTED = 1000;

  private final Data data;

  Episodes(Data data) {
    this.data = data;
  }

  /** An episode. Immutable. */
  record EpisodeView(
      UUID id,
      String title,
      Optional<String> description,
      String slug,
      String audioFilePath,
      String audioMimeType,
      long audioSizeBytes,
      int durationSeconds,
      Optional<Integer> episodeNumber,
      Optional<Integer> seasonNumber,
      boolean explicit,
      Optional<Instant> publishedAt,
      boolean isPublished,
      Instant createdAt,
      Instant updatedAt) {}

  /** What an episode is to be. */
  record Draft(
      String title,
      Optional<String> description,
      Optional<String> slug,
      String audioFilePath,
      Optional<String> audioMimeType,
      long audioSizeBytes,
      int durationSeconds,
      Optional<Integer> episodeNumber,
      Optional<Integer> seasonNumber,
      Optional<Boolean> explicit) {}

  /** Published and undeleted episodes, latest publication first, for everyone. */
  List<EpisodeView> getPublishedFeedEpisodes() {
    return data.readPublic(
        db -> views(db, FEED_EPISODES.IS_PUBLISHED.isTrue(), FEED_EPISODES.PUBLISHED_AT.desc()));
  }

  /**
   * All undeleted episodes, drafts too, latest first.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator
   */
  List<EpisodeView> getAllFeedEpisodes(Actor actor) {
    actor.demandAdmin();
    return data.readTenant(
        actor.context(), db -> views(db, noCondition(), FEED_EPISODES.CREATED_AT.desc()));
  }

  /** The undeleted episode, if the caller may see it. */
  Optional<EpisodeView> getFeedEpisodeById(Caller caller, UUID id) {
    Condition wanted = FEED_EPISODES.ID.eq(id);
    return (caller.tenant().isEmpty()
            ? data.readPublic(db -> views(db, wanted, FEED_EPISODES.CREATED_AT.desc()))
            : data.readTenant(
                caller.context(), db -> views(db, wanted, FEED_EPISODES.CREATED_AT.desc())))
        .stream().findFirst();
  }

  /**
   * Makes a draft.
   *
   * @throws dev.undercroft.base.ProblemException if the caller is no administrator, or it is no
   *     good
   */
  EpisodeView create(Actor actor, Draft draft) {
    actor.demandAdmin();
    String slug = check(draft);
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              UUID id =
                  db.insertInto(FEED_EPISODES)
                      .set(record(draft, slug))
                      .set(FEED_EPISODES.CREATED_BY, actor.id())
                      .returningResult(FEED_EPISODES.ID)
                      .fetchSingle()
                      .value1();
              AuditLogs.note(db, actor, Deed.on("episode.created", "feed_episodes", id));
              return one(db, id);
            }));
  }

  /** Changes an episode; a published one stays published. */
  EpisodeView edit(Actor actor, UUID episode, Draft draft) {
    actor.demandAdmin();
    String slug = check(draft);
    return change(actor, episode, "episode.edited", update -> update.set(record(draft, slug)));
  }

  /**
   * Publishes an episode. One that was published before keeps its time, so that it does not appear
   * as new again.
   */
  EpisodeView publish(Actor actor, UUID episode) {
    actor.demandAdmin();
    return change(
        actor,
        episode,
        "episode.published",
        update ->
            update
                .set(FEED_EPISODES.IS_PUBLISHED, true)
                .set(
                    FEED_EPISODES.PUBLISHED_AT,
                    coalesce(FEED_EPISODES.PUBLISHED_AT, currentInstant())));
  }

  /** Takes an episode out of the feed. */
  EpisodeView withdraw(Actor actor, UUID episode) {
    actor.demandAdmin();
    return change(
        actor,
        episode,
        "episode.withdrawn",
        update -> update.set(FEED_EPISODES.IS_PUBLISHED, false));
  }

  /** Deletes softly: it leaves the feed and every list, the row stays, the slug is free. */
  void delete(Actor actor, UUID episode) {
    actor.demandAdmin();
    data.useTenant(
        actor.context(),
        db ->
            set(
                db,
                actor,
                Deed.on("episode.deleted", "feed_episodes", episode),
                update -> update.set(FEED_EPISODES.DELETED_AT, currentInstant())));
  }

  /** Gives an update its columns. */
  private interface Columns {
    UpdateSetMoreStep<FeedEpisodesRecord> of(UpdateSetFirstStep<FeedEpisodesRecord> update);
  }

  private EpisodeView change(Actor actor, UUID episode, String action, Columns columns) {
    return Wordings.REFUSALS.telling(() ->
        data.withTenant(
            actor.context(),
            db -> {
              set(db, actor, Deed.on(action, "feed_episodes", episode), columns);
              return one(db, episode);
            }));
  }

  private static void set(DSLContext db, Actor actor, Deed deed, Columns columns) {
    UUID episode = deed.entityId().orElseThrow();
    EpisodeView _ = one(db, episode);
    columns.of(db.update(FEED_EPISODES)).where(FEED_EPISODES.ID.eq(episode)).execute();
    AuditLogs.note(db, actor, deed);
  }

  private static String check(Draft draft) {
    Texts texts = new Texts();
    String title = texts.line("title", draft.title(), 255);
    draft.description().ifPresent(text -> texts.lines("description", text, 10_000));
    texts.path("audioFilePath", draft.audioFilePath());
    draft.audioMimeType().ifPresent(type -> texts.media("audioMimeType", type));
    texts.number("audioSizeBytes", draft.audioSizeBytes(), 1, Long.MAX_VALUE);
    texts.number("durationSeconds", draft.durationSeconds(), 1, Integer.MAX_VALUE);
    draft.episodeNumber().ifPresent(n -> texts.number("episodeNumber", n, 1, Integer.MAX_VALUE));
    draft.seasonNumber().ifPresent(n -> texts.number("seasonNumber", n, 1, Integer.MAX_VALUE));
    String slug = draft.slug().orElseGet(() -> Slug.of(title, "episode"));
    if (!slug.equals(Slug.of(slug, ""))) {
      texts.add("slug", "is no name for links", "Use lower-case letters, digits and hyphens.");
    }
    texts.demand();
    return slug;
  }

  private static FeedEpisodesRecord record(Draft draft, String slug) {
    var row = new FeedEpisodesRecord();
    row.setTitle(draft.title().strip());
    row.set(FEED_EPISODES.DESCRIPTION, draft.description().orElse(null));
    row.setSlug(slug);
    row.setAudioFilePath(draft.audioFilePath().strip());
    row.setAudioMimeType(draft.audioMimeType().orElse("audio/mpeg"));
    row.setAudioSizeBytes(draft.audioSizeBytes());
    row.setDurationSeconds(draft.durationSeconds());
    row.set(FEED_EPISODES.EPISODE_NUMBER, draft.episodeNumber().orElse(null));
    row.set(FEED_EPISODES.SEASON_NUMBER, draft.seasonNumber().orElse(null));
    row.setExplicit(draft.explicit().orElse(false));
    return row;
  }

  private static EpisodeView one(DSLContext db, UUID episode) {
    return views(db, FEED_EPISODES.ID.eq(episode), FEED_EPISODES.CREATED_AT.desc()).stream()
        .findFirst()
        .orElseThrow(() -> Wordings.unknown("episode", episode).exception());
  }

  private static List<EpisodeView> views(
      DSLContext db, Condition wanted, SortField<Instant> order) {
    return db.select(
            FEED_EPISODES.ID,
            FEED_EPISODES.TITLE,
            FEED_EPISODES.DESCRIPTION.convertFrom(Optional::ofNullable),
            FEED_EPISODES.SLUG,
            FEED_EPISODES.AUDIO_FILE_PATH,
            FEED_EPISODES.AUDIO_MIME_TYPE,
            FEED_EPISODES.AUDIO_SIZE_BYTES,
            FEED_EPISODES.DURATION_SECONDS,
            FEED_EPISODES.EPISODE_NUMBER.convertFrom(Optional::ofNullable),
            FEED_EPISODES.SEASON_NUMBER.convertFrom(Optional::ofNullable),
            FEED_EPISODES.EXPLICIT,
            FEED_EPISODES.PUBLISHED_AT.convertFrom(Optional::ofNullable),
            FEED_EPISODES.IS_PUBLISHED,
            FEED_EPISODES.CREATED_AT,
            FEED_EPISODES.UPDATED_AT)
        .from(FEED_EPISODES)
        .where(FEED_EPISODES.DELETED_AT.isNull().and(wanted))
        .orderBy(order, FEED_EPISODES.ID)
        .limit(MOST_LISTED)
        .fetch(Records.mapping(EpisodeView::new));
  }
}
