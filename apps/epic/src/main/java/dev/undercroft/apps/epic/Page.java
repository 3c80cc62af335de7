package dev.undercroft.apps.epic;

import java.util.List;

/**
 * A page of a list. Immutable.
 *
 * @param page which, from 1
 * @param limit how many a page has
 * @param total how many there are on all pages
 */
record Page<V>(List<V> items, int page, int limit, long total) {

  static final int USUAL = 20;
  static final int MOST = 100;

  Page {
    items = List.copyOf(items);
  }

  static <V> Page<V> of(List<V> items, Asked asked, long total) {
    return new Page<>(items, asked.page(), asked.limit(), total);
  }

  /** Which page is asked for. */
  record Asked(int page, int limit) {

    static final Asked FIRST = new Asked(1, USUAL);

    long offset() {
      return (page - 1L) * limit;
    }
  }

  int totalPages() {
    return Math.toIntExact((total + limit - 1) / limit);
  }

  boolean hasNext() {
    return page < totalPages();
  }

  boolean hasPrev() {
    return page > 1;
  }
}
