package dev.undercroft.apps.audiotricks;

import static dev.undercroft.apps.audiotricks.db.Tables.AUDIO_HISTORY;
import static dev.undercroft.apps.audiotricks.db.Tables.SEARCH_HISTORY;

import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** Entries of the history as people see them. Pure. */
final class EntryViews {

  private EntryViews() {}

  /** An entry in a list. */
  record Listed(
      UUID id,
      Optional<String> title,
      Optional<String> audioUrl,
      Optional<Long> fileSizeBytes,
      Optional<Integer> durationSeconds,
      Optional<String> summary,
      Instant createdAt) {}

  /** A whole entry. */
  record Entry(
      UUID id,
      Optional<String> title,
      Optional<String> audioUrl,
      Optional<Long> fileSizeBytes,
      Optional<Integer> durationSeconds,
      Optional<String> transcript,
      Optional<String> summary,
      Optional<List<Map<String, Object>>> keyMoments,
      Optional<Map<String, Object>> processingOptions,
      Instant createdAt) {}

  /**
   * An entry that was searched for.
   *
   * @param excerpt where the words stand
   * @param rank larger is better
   */
  record Hit(
      UUID id,
      Optional<String> title,
      Optional<String> summary,
      String excerpt,
      double rank,
      Instant createdAt) {}

  static Listed listed(Record row) {
    return new Listed(
        row.get(AUDIO_HISTORY.ID),
        Optional.ofNullable(row.get(AUDIO_HISTORY.TITLE)),
        Optional.ofNullable(row.get(AUDIO_HISTORY.AUDIO_URL)),
        Optional.ofNullable(row.get(AUDIO_HISTORY.FILE_SIZE_BYTES)),
        Optional.ofNullable(row.get(AUDIO_HISTORY.DURATION_SECONDS)),
        Optional.ofNullable(row.get(AUDIO_HISTORY.SUMMARY)),
        Times.read(row.get(AUDIO_HISTORY.CREATED_AT)));
  }

  static Entry entry(Record row) {
    Listed listed = listed(row);
    return new Entry(
        listed.id(),
        listed.title(),
        listed.audioUrl(),
        listed.fileSizeBytes(),
        listed.durationSeconds(),
        Optional.ofNullable(row.get(AUDIO_HISTORY.TRANSCRIPT)),
        listed.summary(),
        Optional.ofNullable(JsonColumn.list(row.get(AUDIO_HISTORY.KEY_MOMENTS))),
        Optional.ofNullable(JsonColumn.object(row.get(AUDIO_HISTORY.PROCESSING_OPTIONS))),
        listed.createdAt());
  }

  static Hit hit(Record row) {
    return new Hit(
        row.get(SEARCH_HISTORY.ID),
        Optional.ofNullable(row.get(SEARCH_HISTORY.TITLE)),
        Optional.ofNullable(row.get(SEARCH_HISTORY.SUMMARY)),
        row.get(SEARCH_HISTORY.EXCERPT),
        row.get(SEARCH_HISTORY.RANK),
        Times.read(row.get(SEARCH_HISTORY.CREATED_AT)));
  }
}
