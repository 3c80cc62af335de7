package dev.undercroft.apps.epic;

import dev.undercroft.apps.epic.db.enums.AssetType;
import dev.undercroft.apps.epic.db.enums.JobStatus;
import dev.undercroft.apps.epic.db.enums.ProjectStatus;
import dev.undercroft.sdk.JsonColumn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Rows as people see them. */
final class Views {

  private Views() {}

  /** A project in a list. */
  record Project(
      String id,
      String title,
      Optional<String> description,
      ProjectStatus status,
      Map<String, Object> config,
      Instant createdAt,
      Instant updatedAt) {}

  /**
   * A whole project.
   *
   * @param scenes in order
   * @param jobs the five latest
   */
  record ProjectDetail(Project project, List<Scene> scenes, List<Job> jobs) {}

  /** A scene. */
  record Scene(
      String id,
      int index,
      String text,
      Optional<String> prompt,
      Optional<String> imageAssetId,
      Instant createdAt,
      Instant updatedAt) {}

  /** A job. */
  record Job(
      String id,
      String projectId,
      JobStatus status,
      Map<String, Object> config,
      Optional<Map<String, Object>> costEstimate,
      Optional<Map<String, Object>> costActual,
      int priority,
      int attempts,
      Optional<Instant> startedAt,
      Optional<Instant> finishedAt,
      Optional<Map<String, Object>> errorDetail,
      Instant createdAt) {}

  /** An asset. */
  record Asset(
      String id,
      AssetType type,
      String uri,
      Optional<Map<String, Object>> metadata,
      Optional<Long> sizeBytes,
      Optional<Instant> expiresAt,
      Instant createdAt) {}

  /** A preset. */
  record Preset(
      String id,
      String name,
      Map<String, Object> config,
      boolean isDefault,
      Instant createdAt,
      Instant updatedAt) {}

  static Map<String, Object> object(JSONB column) {
    return Objects.requireNonNull(JsonColumn.object(column));
  }

  static Optional<Map<String, Object>> maybe(@Nullable JSONB column) {
    return Optional.ofNullable(JsonColumn.object(column));
  }
}
