package dev.undercroft.apps.epic;

import java.util.List;
import java.util.Map;

/** Answers: every one says that it succeeded, and holds its data. */
final class Envelopes {

  private Envelopes() {}

  /** Nothing but that it was done. */
  record Done(boolean success, String message) {
    Done(String message) {
      this(true, message);
    }
  }

  /** A project. */
  record OneProject(boolean success, Views.Project data) {
    OneProject(Views.Project data) {
      this(true, data);
    }
  }

  /** A whole project. */
  record WholeProject(boolean success, Views.ProjectDetail data) {
    WholeProject(Views.ProjectDetail data) {
      this(true, data);
    }
  }

  /** A page of a list. */
  record ProjectPage(
      boolean success,
      List<Views.Project> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    ProjectPage(Page<Views.Project> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** A page of a list. */
  record JobPage(
      boolean success,
      List<Views.Job> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    JobPage(Page<Views.Job> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** A page of a list. */
  record AssetPage(
      boolean success,
      List<Views.Asset> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    AssetPage(Page<Views.Asset> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** A page of a list. */
  record UserPage(
      boolean success,
      List<Administration.Listed> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    UserPage(Page<Administration.Listed> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** Scenes in order. */
  record Scenes(boolean success, List<Views.Scene> data) {
    Scenes(List<Views.Scene> data) {
      this(true, data);
    }
  }

  /** A scene. */
  record OneScene(boolean success, Views.Scene data) {
    OneScene(Views.Scene data) {
      this(true, data);
    }
  }

  /** A job. */
  record OneJob(boolean success, Views.Job data) {
    OneJob(Views.Job data) {
      this(true, data);
    }
  }

  /** Jobs. */
  record Jobs(boolean success, List<Views.Job> data) {
    Jobs(List<Views.Job> data) {
      this(true, data);
    }
  }

  /** An asset. */
  record OneAsset(boolean success, Views.Asset data) {
    OneAsset(Views.Asset data) {
      this(true, data);
    }
  }

  /** A preset. */
  record OnePreset(boolean success, Views.Preset data) {
    OnePreset(Views.Preset data) {
      this(true, data);
    }
  }

  /** A page of a list. */
  record PresetPage(
      boolean success,
      List<Views.Preset> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    PresetPage(Page<Views.Preset> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** A page of a list. */
  record AdminProjectPage(
      boolean success,
      List<Administration.ListedProject> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    AdminProjectPage(Page<Administration.ListedProject> page) {
      this(
          true,
          page.items(),
          page.page(),
          page.limit(),
          page.total(),
          page.totalPages(),
          page.hasNext(),
          page.hasPrev());
    }
  }

  /** Costs by kind, or keys by maker. */
  record Values(boolean success, Map<String, Object> data) {
    Values(Map<String, ?> data) {
      this(true, Map.copyOf(data));
    }
  }

  /** An account. */
  record OneProfile(boolean success, Users.Profile data) {
    OneProfile(Users.Profile data) {
      this(true, data);
    }
  }

  /** Everything of an account. */
  record Exported(boolean success, Users.Export data) {
    Exported(Users.Export data) {
      this(true, data);
    }
  }

  /** A user, for administrators. */
  record UserDetail(boolean success, Administration.Detail data) {
    UserDetail(Administration.Detail data) {
      this(true, data);
    }
  }

  /** Numbers of rows. */
  record Statistics(boolean success, DatabaseService.Stats data) {
    Statistics(DatabaseService.Stats data) {
      this(true, data);
    }
  }
}
