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

  /** One thing. */
  record One<T>(boolean success, T data) {
    One(T data) {
      this(true, data);
    }
  }

  /** All of them, in order. */
  record All<T>(boolean success, List<T> data) {
    All(List<T> data) {
      this(true, data);
    }
  }

  /** A page of a list. */
  record Paged<T>(
      boolean success,
      List<T> data,
      int page,
      int limit,
      long total,
      int totalPages,
      boolean hasNext,
      boolean hasPrev) {
    Paged(Page<T> page) {
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
}
